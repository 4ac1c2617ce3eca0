import Foundation

/// Estimates from a sample how much of the population is unique by the quasi-identifiers.
struct PopulationUniqueness {
    enum Model: String, Sendable {
        case zayatz
        case pitman
        case snb
        case none
    }

    /// Classes of each size, sizes ascending.
    private let histogram: [(size: Double, classes: Double)]
    private let rows: Double
    private let fraction: Double
    private let population: Double

    init(histogram: [Int: Int], rows: Int, fraction: Double) {
        self.histogram = histogram.sorted { $0.key < $1.key }.map { (Double($0.key), Double($0.value)) }
        self.rows = Double(rows)
        self.fraction = fraction
        population = max((Double(rows) / fraction).rounded(), Double(rows))
    }

    private func classes(of size: Double) -> Double { histogram.first { $0.size == size }?.classes ?? 0 }
    private var classCount: Double { histogram.reduce(0) { $0 + $1.classes } }

    /// Zayatz, Estimation of the number of unique population elements using a sample (US Census Bureau, 1991):
    /// the share of sample uniques that are population uniques, with class sizes as in the sample.
    var zayatz: Double {
        let uniques = classes(of: 1)
        guard uniques > 0 else { return 0 }
        var seenOnce = 0.0
        for (size, classes) in histogram { seenOnce += classes * chanceOfOne(of: size) }
        return uniques / rows * uniques * chanceOfOne(of: 1) / seenOnce
    }

    /// Hypergeometric: one of the `size` members of a class comes into the sample.
    private func chanceOfOne(of size: Double) -> Double {
        var chance = size * rows / population
        var drawn = 1.0
        while drawn < size, chance > 1e-300 {
            chance *= max(population - rows - drawn + 1, 0) / (population - drawn)
            drawn += 1
        }
        return chance
    }

    /// Pitman's model, fitted by maximum likelihood (Hoshino, Journal of the American Statistical Association 96, 2001); nil if it can not be fitted.
    var pitman: Double? {
        let uniques = classes(of: 1)
        guard uniques > 0 else { return 0 }
        let count = classCount
        let pairs = max(classes(of: 2), 1)
        // Hoshino's start from the numbers of uniques and pairs.
        let ratio = uniques * (uniques - 1) / pairs
        var theta =
            (rows * count * ratio - uniques * (rows - 1) * (2 * count + ratio)) / (2 * uniques * count + uniques * ratio - rows * ratio)
        var alpha = (theta * (uniques - rows) + (rows - 1) * uniques) / (rows * count)
        for _ in 0..<100 {
            let (first, second, byTheta, byBoth, byAlpha) = likelihood(theta, alpha)
            let determinant = byTheta * byAlpha - byBoth * byBoth
            guard determinant != 0, determinant.isFinite else { return nil }
            var stepTheta = (first * byAlpha - second * byBoth) / determinant
            var stepAlpha = (second * byTheta - first * byBoth) / determinant
            // Half steps keep alpha in (0, 1) and theta above -alpha.
            while !(alpha - stepAlpha > 0 && alpha - stepAlpha < 1 && theta - stepTheta > -(alpha - stepAlpha)) {
                stepTheta /= 2
                stepAlpha /= 2
                guard abs(stepAlpha) > 1e-12 || abs(stepTheta) > 1e-12 else { return nil }
            }
            theta -= stepTheta
            alpha -= stepAlpha
            if abs(stepTheta) < 1e-9 * max(1, abs(theta)), abs(stepAlpha) < 1e-12 { break }
        }
        let estimate = exp(lgamma(theta + 1) - lgamma(theta + alpha) + alpha * log(population)) / population
        return estimate.isFinite && estimate >= 0 && estimate <= 1 ? estimate : nil
    }

    /// The derivatives of the logarithm of the likelihood by theta and alpha, first and second.
    private func likelihood(_ theta: Double, _ alpha: Double) -> (Double, Double, Double, Double, Double) {
        var (first, second, byTheta, byBoth, byAlpha) = (0.0, 0.0, 0.0, 0.0, 0.0)
        var index = 1.0
        while index < classCountCached {
            let one = 1 / (theta + index * alpha)
            first += one
            second += index * one
            byTheta -= one * one
            byBoth -= index * one * one
            byAlpha -= index * index * one * one
            index += 1
        }
        index = 1
        while index < rows {
            let one = 1 / (theta + index)
            first -= one
            byTheta += one * one
            index += 1
        }
        var (sum, squares, upTo) = (0.0, 0.0, 1.0)
        for (size, classes) in histogram {
            while upTo < size {
                let one = 1 / (upTo - alpha)
                sum += one
                squares += one * one
                upTo += 1
            }
            second -= classes * sum
            byAlpha -= classes * squares
        }
        return (first, second, byTheta, byBoth, byAlpha)
    }

    private var classCountCached: Double { classCount }

    /// The slide negative binomial model (Chen, Keller-McNulty, Journal of Official Statistics 14, 1998),
    /// with Shlosser's estimate of the number of classes (Haas, Stokes 1998); nil if its two equations have no root.
    var slideNegativeBinomial: Double? {
        let uniques = classes(of: 1)
        guard uniques > 0 else { return 0 }
        guard fraction < 1 else { return uniques / rows }
        let count = shlosser
        let pairs = classes(of: 2)
        // For each beta the first equation gives alpha; the second is solved by halving over beta.
        func slide(_ beta: Double) -> Double { (1 - fraction) * (1 - beta) }
        func expectedUniques(_ alpha: Double, _ beta: Double) -> Double {
            let gap = slide(beta)
            return count * fraction * pow(beta / (1 - gap), alpha) * (alpha * gap / (1 - gap) + 1)
        }
        func expectedPairs(_ alpha: Double, _ beta: Double) -> Double {
            let gap = slide(beta)
            return count * alpha * pow(beta, alpha) * fraction * fraction * (1 - beta) / 2 / pow(1 - gap, alpha + 2)
                * (2 - (1 - alpha) * gap)
        }
        func alpha(_ beta: Double) -> Double? {
            var (low, high) = (1e-9, 1e-6)
            guard expectedUniques(low, beta) >= uniques else { return nil }
            while expectedUniques(high, beta) > uniques {
                high *= 2
                if high > 1e6 { return nil }
            }
            for _ in 0..<200 {
                let middle = (low + high) / 2
                if expectedUniques(middle, beta) > uniques { low = middle } else { high = middle }
            }
            return (low + high) / 2
        }
        var before: (beta: Double, gap: Double)?
        let steps = 2_000
        for step in 1..<steps {
            let beta = Double(step) / Double(steps)
            guard let shape = alpha(beta) else { continue }
            let gap = expectedPairs(shape, beta) - pairs
            if let earlier = before, earlier.gap.sign != gap.sign {
                var (low, high) = (earlier.beta, beta)
                for _ in 0..<100 {
                    let middle = (low + high) / 2
                    guard let shape = alpha(middle) else { return nil }
                    if (expectedPairs(shape, middle) - pairs).sign == earlier.gap.sign { low = middle } else { high = middle }
                }
                guard let shape = alpha(low) else { return nil }
                let estimate = count * pow(low, shape) / population
                return estimate.isFinite && estimate >= 0 && estimate <= 1 ? estimate : nil
            }
            before = (beta, gap)
        }
        return nil
    }

    private var shlosser: Double {
        var (one, two, three, four) = (0.0, 0.0, 0.0, 0.0)
        let square = fraction * fraction
        for (size, classes) in histogram {
            let unseen = pow(1 - fraction, size) * classes
            one += size * square * pow(1 - square, size - 1) * classes
            two += unseen * (pow(1 + fraction, size) - 1)
            three += unseen
            four += size * fraction * pow(1 - fraction, size - 1) * classes
        }
        return classCount + classes(of: 1) * (one / two) * (three / four) * (three / four)
    }

    /// The decision rule of Dankar, El Emam, Neisa, Roffey (BMC Medical Informatics and Decision Making 12, 2012): Pitman up to a fraction
    /// of a tenth if it can be fitted; above it the smaller of Zayatz and the slide negative binomial.
    var dankar: (share: Double, model: Model) {
        guard classes(of: 1) > 0 else { return (0, .none) }
        if fraction <= 0.1 {
            if let pitman, pitman > 0 { return (pitman, .pitman) }
            return (zayatz, .zayatz)
        }
        if let other = slideNegativeBinomial, other > 0, other < zayatz { return (other, .snb) }
        return (zayatz, .zayatz)
    }
}
