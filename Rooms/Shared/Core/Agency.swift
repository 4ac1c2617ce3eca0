/// The agency whose house this is.
public enum Agency {
    /// The reference tenant; one place, so that another office changes one line.
    public static let name = Text("国家知识产权局", "National Intellectual Property Office")
}
