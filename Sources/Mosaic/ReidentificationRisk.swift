import Foundation

/// How likely an attacker is to find the person behind a row, and how many rows are unique in the population.
///
/// Attackers as in El Emam, Guide to the De-Identification of Personal Health Information (2013), chapter 16.
public struct ReidentificationRisk: Sendable, Codable, Equatable {
    /// The attacker knows that the person is in the table: the mean of 1 / crowd over the rows.
    public let prosecutorAverage: Double
    /// One over the smallest crowd.
    public let prosecutorMax: Double
    /// The attacker knows only that the person is in the population: a crowd of f rows stands for f / fraction persons.
    public let journalistAverage: Double
    public let journalistMax: Double
    /// The share of rows that an attacker who links all of them gets right.
    public let marketer: Double
    /// The share of rows alone in their crowd.
    public let sampleUniques: Double
    /// Estimates of the share of the population that is unique; absent without a sampling fraction.
    public let zayatz: Double?
    public let pitman: Double?
    public let snb: Double?
    public let dankar: Double?
    /// Which estimate the decision rule took.
    public let dankarModel: String?

    init(_ crowds: Crowds, rows: Int, fraction: Double?) {
        let total = Double(rows)
        var sum = 0.0
        var histogram: [Int: Int] = [:]
        for (size, own) in zip(crowds.sizes, crowds.classes.sizes) {
            sum += Double(own) / Double(size)
            histogram[size, default: 0] += 1
        }
        let uniques = zip(crowds.sizes, crowds.classes.sizes).reduce(0) { $0 + ($1.0 == 1 ? Int($1.1) : 0) }
        let smallest = Double(crowds.sizes.min() ?? 1)
        prosecutorAverage = sum / total
        prosecutorMax = 1 / smallest
        journalistAverage = prosecutorAverage * (fraction ?? 1)
        journalistMax = prosecutorMax * (fraction ?? 1)
        marketer = journalistAverage
        sampleUniques = Double(uniques) / total
        guard let fraction else {
            (zayatz, pitman, snb, dankar, dankarModel) = (nil, nil, nil, nil, nil)
            return
        }
        let estimate = PopulationUniqueness(histogram: histogram, rows: rows, fraction: fraction)
        zayatz = estimate.zayatz
        pitman = estimate.pitman
        snb = estimate.slideNegativeBinomial
        dankar = estimate.dankar.share
        dankarModel = estimate.dankar.model.rawValue
    }
}
