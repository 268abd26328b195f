"""Reads samples as JSON lines, and answers with what gbstats makes of them.

{"values": [...], "alpha": a, "narrowest_at": n}: the interval of its sequential test.
{"outcomes": [...], "before": [...]}: mean and variance of outcomes adjusted by regression.
"""

import json
import sys

from gbstats.frequentist.tests import SequentialConfig, SequentialTwoSidedTTest
from gbstats.models.statistics import RegressionAdjustedStatistic, SampleMeanStatistic


def sample(values):
    return SampleMeanStatistic(n=len(values), sum=sum(values), sum_squares=sum(v * v for v in values))


def interval(values, alpha, narrowest_at):
    """gbstats compares two samples of N together; ours is one of N. The first is one value, zero, without variance."""
    n = len(values)
    mean = sum(values) / n
    variance = sum((v - mean) ** 2 for v in values) / (n - 1)
    others = n - 1
    # Variance and mean of a sample of n - 1 by which the difference has the mean and variance of ours.
    spread = variance * others / n
    total = mean * others
    squares = spread * (others - 1) + total * total / others
    config = SequentialConfig(alpha=alpha, sequential_tuning_parameter=narrowest_at, difference_type="absolute")
    zero = SampleMeanStatistic(n=1, sum=0, sum_squares=0)
    ours = SampleMeanStatistic(n=others, sum=total, sum_squares=squares)
    test = SequentialTwoSidedTTest(zero, ours, config)
    return [float(end) for end in test.confidence_interval]


def adjusted(outcomes, before):
    post, pre = sample(outcomes), sample(before)
    products = sum(one * other for one, other in zip(outcomes, before))
    covariance = (products - post.sum * pre.sum / post.n) / (post.n - 1)
    both = RegressionAdjustedStatistic(
        n=post.n,
        post_statistic=post,
        pre_statistic=pre,
        post_pre_sum_of_products=products,
        theta=covariance / pre.variance,
    )
    return [float(both.unadjusted_mean), float(both.variance)]


for line in sys.stdin:
    asked = json.loads(line)
    if "values" in asked:
        print(json.dumps(interval(asked["values"], asked["alpha"], asked["narrowest_at"])))
    else:
        print(json.dumps(adjusted(asked["outcomes"], asked["before"])))
