"""GerryChain 1.0 as it is measured, in an interpreter of its own. Nothing of Evenhand is imported here."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import networkx
from gerrychain import Graph, MarkovChain, Partition, accept, updaters
from gerrychain.proposals import recom
from gerrychain.tree import bipartition_tree, uniform_spanning_tree

from benches.job import Clock, serve_one
from benches.land_answers import UNIFORM, answer

Job = Mapping[str, Any]


def recombination(job: Job, clock: Clock) -> dict[str, Any]:
    """Steps of its chain from a line down the middle, each with its populations and cut edges."""
    side, steps = job["side"], job["steps"]
    grid = networkx.convert_node_labels_to_integers(networkx.grid_graph((side, side)), ordering="sorted")
    networkx.set_node_attributes(grid, 1, "population")
    middle = {cell: int(cell // side >= side // 2) for cell in grid}
    tallies = {"population": updaters.Tally("population"), "cut_edges": updaters.cut_edges}
    start = Partition(Graph.from_networkx(grid), middle, tallies)
    trees = {"spanning_tree_fn": uniform_spanning_tree} if job["solver"] == UNIFORM else {}
    propose = partial(
        recom,
        pop_col="population",
        pop_target=side * side / 2,
        epsilon=0.05,
        bipartition_tree_fn=partial(bipartition_tree, **trees),
        rng=random.Random(job["seed"]),
    )

    def walk() -> list[int]:
        return [len(line["cut_edges"]) for line in MarkovChain(propose, [], accept.always_accept, start, steps + 1)]

    mean = sum(clock.of(walk)[1:]) / steps
    return answer(steps, f"mean border {mean:.1f}", border=mean)


TASKS: dict[str, Callable[[Job, Clock], dict[str, Any]]] = {"recombination": recombination}

if __name__ == "__main__":
    serve_one(lambda job, clock: TASKS[job["task"]](job, clock))
