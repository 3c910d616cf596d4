"""The demonstration: the district of An Lão with invented people and three months of work.

Nothing here is production data, and every name is invented. All of it goes through the product's
own acts with instants in the past, so that histories, events and notices are real.
"""

from reports.demonstration.seeding import NotEmpty, is_empty, seed

__all__ = ["NotEmpty", "is_empty", "seed"]
