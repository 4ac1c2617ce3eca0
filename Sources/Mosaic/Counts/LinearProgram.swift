import CGLPK

/// A linear programme: columns with bounds, rows that must balance, the least or the most of a sum.
struct LinearProgram: ~Copyable {
    enum Answer {
        case optimum(Double, [Double])
        case unbounded
        /// No assignment fulfils the rows.
        case infeasible
        /// The solver gave up; nothing is known.
        case unknown
    }

    private let program: OpaquePointer
    private let columns: Int

    /// All columns are whole numbers if `isWhole`; `rows` sum to zero, or to their `results`.
    init(columns: Int, rows: [[(column: Int, factor: Double)]], results: [Double] = [], isWhole: Bool) {
        glp_term_out(GLP_OFF)
        program = glp_create_prob()
        self.columns = columns
        if columns > 0 { glp_add_cols(program, Int32(columns)) }
        if !rows.isEmpty { glp_add_rows(program, Int32(rows.count)) }
        for (index, row) in rows.enumerated() {
            let places = [0] + row.map { Int32($0.column + 1) }
            let factors = [0] + row.map(\.factor)
            glp_set_mat_row(program, Int32(index + 1), Int32(row.count), places, factors)
            glp_set_row_bnds(program, Int32(index + 1), GLP_FX, results.isEmpty ? 0 : results[index], 0)
        }
        if isWhole { for column in 0..<columns { glp_set_col_kind(program, Int32(column + 1), GLP_IV) } }
    }

    deinit { glp_delete_prob(program) }

    func bound(_ column: Int, _ least: Double, _ most: Double) {
        let kind: Int32
        switch (least.isFinite, most.isFinite) {
        case (true, true): kind = least == most ? GLP_FX : GLP_DB
        case (true, false): kind = GLP_LO
        case (false, true): kind = GLP_UP
        case (false, false): kind = GLP_FR
        }
        glp_set_col_bnds(program, Int32(column + 1), kind, least.isFinite ? least : 0, most.isFinite ? most : 0)
    }

    func price(_ column: Int, _ cost: Double) { glp_set_obj_coef(program, Int32(column + 1), cost) }

    /// The optimum over real numbers.
    func solve(most: Bool) -> Answer {
        glp_set_obj_dir(program, most ? GLP_MAX : GLP_MIN)
        var control = glp_smcp()
        glp_init_smcp(&control)
        control.msg_lev = GLP_MSG_OFF
        control.it_lim = 2_000_000
        if glp_simplex(program, &control) != 0 {
            // A basis left over from another question may be singular by now.
            glp_std_basis(program)
            guard glp_simplex(program, &control) == 0 else { return .unknown }
        }
        switch glp_get_status(program) {
        case GLP_OPT: return .optimum(glp_get_obj_val(program), (1...Int32(max(columns, 1))).map { glp_get_col_prim(program, $0) })
        case GLP_UNBND: return .unbounded
        case GLP_NOFEAS, GLP_INFEAS: return .infeasible
        default: return .unknown
        }
    }

    /// The best assignment of whole numbers found within so many nodes of the search tree, after `solve`; nil if none was.
    func solveWhole(nodes: Int32 = 2_000) -> [Double]? {
        var control = glp_iocp()
        glp_init_iocp(&control)
        control.msg_lev = GLP_MSG_OFF
        control.br_tech = GLP_BR_MFV
        control.presolve = GLP_OFF
        var limit = nodes
        let result: [Double]? = withUnsafeMutablePointer(to: &limit) { limit in
            control.cb_info = UnsafeMutableRawPointer(limit)
            // Nodes are counted, not seconds: the answer is the same on every machine.
            control.cb_func = { tree, info in
                guard let left = info?.assumingMemoryBound(to: Int32.self), glp_ios_reason(tree) == GLP_ISELECT else { return }
                left.pointee -= 1
                if left.pointee <= 0 { glp_ios_terminate(tree) }
            }
            _ = glp_intopt(program, &control)
            switch glp_mip_status(program) {
            case GLP_OPT, GLP_FEAS: return (1...Int32(max(columns, 1))).map { glp_mip_col_val(program, $0) }
            default: return nil
            }
        }
        return result
    }
}
