"""The same measures by pycanon (PyPI): python pycanon_measure.py FILE; prints CPU seconds and the values."""
import resource
import sys

import pandas
from pycanon import anonymity

table = pandas.read_csv(sys.argv[1])
quasi, sensitive = list(table.columns[:5]), [table.columns[5]]
values = {
    "k": anonymity.k_anonymity(table, quasi),
    "alpha": anonymity.alpha_k_anonymity(table, quasi, sensitive),
    "l": anonymity.l_diversity(table, quasi, sensitive),
    "entropy l": anonymity.entropy_l_diversity(table, quasi, sensitive),
    "recursive": anonymity.recursive_c_l_diversity(table, quasi, sensitive),
    "beta": anonymity.basic_beta_likeness(table, quasi, sensitive),
    "enhanced beta": anonymity.enhanced_beta_likeness(table, quasi, sensitive),
    "delta": anonymity.delta_disclosure(table, quasi, sensitive),
    "t": anonymity.t_closeness(table, quasi, sensitive),
}
used = resource.getrusage(resource.RUSAGE_SELF)
print(values)
print(f"CPU {used.ru_utime + used.ru_stime:.1f} s, peak {used.ru_maxrss // 1024} MB")
