"""The dense reference: every row scored one by one from the records, in plain Python.

It shares the seven value functions' *formulas* with nobody: what is written here is the agreement.
Only the stored saturation is rounded to float32, as the index says it is.
"""

import math
from collections.abc import Sequence

import numpy as np

from medspil.matching import AffinityTable, Filters, Gate, Model, Need, Profile, UnitRecord, Weights

NOTHING = Profile()
PEOPLE = (1, 1, 3, 7, 14, 35, 75, 150, 350, 750, 1500)


class Reference:
    """A register held as a list, ranked by going through it."""

    def __init__(self, records: Sequence[UnitRecord], table: AffinityTable) -> None:
        self.records, self.table = records, table
        self.frequencies: dict[str, int] = {}
        lengths = [self._length(record) for record in records]
        self.mean = float(np.mean(lengths)) if records else 0.0

    def rank(
        self, need: Need, k: int, weights: Weights, filters: Filters
    ) -> tuple[list[tuple[int, float]], dict[Gate, int], int, int]:
        """Return the best k (number, score), the gates, the eligible and the filtered out."""
        gates = [(record, self.gate(record, need)) for record in self.records]
        eligible = [record for record, gate in gates if gate is None]
        passing = [record for record in eligible if self.passes(record, need, filters)]
        scored = [(record.number, round(self.score(record, need, weights), 12)) for record in passing]
        scored.sort(key=lambda one: (-one[1], one[0]))
        counts = {gate: sum(found is gate for _, found in gates) for gate in Gate}
        return scored[:k], counts, len(eligible), len(eligible) - len(passing)

    def gate(self, record: UnitRecord, need: Need) -> Gate | None:
        """Return the first gate that stops a unit."""
        if not record.active:
            return Gate.CEASED
        named = need.municipalities is None or record.municipality in need.municipalities
        distance = self.distance(record, need)
        if need.radius_m is not None:
            if distance is None:
                named = named and need.municipalities is not None
            else:
                named = named and distance <= need.radius_m
        if not named:
            return Gate.OUTSIDE
        if record.protected and record.number not in need.consented:
            return Gate.PROTECTED
        declined = need.profiles.get(record.number, NOTHING).declined
        if need.wanted and all(one.kind in declined for one in need.wanted):
            return Gate.TURNED_DOWN
        return Gate.TURNED_DOWN if record.number in need.turned_down else None

    def passes(self, record: UnitRecord, need: Need, filters: Filters) -> bool:
        """Return whether a unit passes the filters."""
        distance = self.distance(record, need)
        return (
            (filters.sectors is None or record.sector in filters.sectors)
            and (filters.sizes is None or record.size in filters.sizes)
            and (filters.model is None or self.model(record, need) is filters.model)
            and (filters.max_distance_m is None or (distance is not None and distance <= filters.max_distance_m))
        )

    def model(self, record: UnitRecord, need: Need) -> Model:
        """Return the proposed model."""
        best = max(self._affinities(record, need), default=0.0)
        return Model.STRATEGICALLY_INTEGRATED if best >= 0.6 else Model.ADD_ON

    def distance(self, record: UnitRecord, need: Need) -> float | None:
        """Return metres from the need, or None."""
        if need.place is None or record.x is None or record.y is None:
            return None
        return math.sqrt((record.x - need.place[0]) ** 2 + (record.y - need.place[1]) ** 2)

    def score(self, record: UnitRecord, need: Need, weights: Weights) -> float:
        """Return the whole score of a unit."""
        values = self._affinities(record, need)
        capability = 0.0
        if values:
            mean = sum(w.weight * v for w, v in zip(need.wanted, values, strict=True))
            capability = 0.8 * max(values) + 0.2 * mean / sum(w.weight for w in need.wanted)
        distance = self.distance(record, need)
        people = PEOPLE[record.size] if record.size >= 0 else 0
        capacity = 0.5 if record.size < 0 else math.sqrt(min(1.0, people / (10 * need.effort)))
        profile = need.profiles.get(record.number, Profile())
        commitment = (
            0.35 * (1 - 0.5 ** len(profile.themes & need.themes))
            + 0.20 * (0.5 if profile.csr is None else profile.csr)
            + 0.20 * (1 - 0.5**profile.earlier_partnerships)
            + 0.15 * profile.global_compact
            + 0.10 * profile.volunteering
        )
        relation = 0.5 * profile.in_contact + 0.3 * profile.champion_known + 0.2 * profile.through_network
        return (
            weights.capability * capability
            + weights.relevance * self.relevance(record, need)
            + weights.commitment * commitment
            + weights.proximity * (0.0 if distance is None else math.exp(-distance / need.scale_m))
            + weights.capacity * capacity
            + weights.relation * relation
            + weights.fairness / (1 + profile.recent_approaches / (1 + profile.open_offers))
        )

    def relevance(self, record: UnitRecord, need: Need) -> float:
        """Return BM25 over the need's words, bent into [0, 1)."""
        words = {word: weight for word, weight in need.terms.items() if weight > 0 and word[:1] != "@"}
        found = self.bm25(record, words, need.profiles.get(record.number, Profile()))
        ideal = sum(weight * self._idf(word) for word, weight in words.items() if self._found(word))
        return found / (found + (0.3 * ideal if ideal > 0 else 1.0))

    def bm25(self, record: UnitRecord, words: dict[str, float], profile: Profile = NOTHING) -> float:
        """Return the BM25 sum of a unit, a word of its profile counting as in a text of mean length."""
        total = 0.0
        share = self._length(record) / self.mean if self.mean else 1.0
        for word, weight in words.items():
            count, said, own = record.terms.get(word, 0.0), 0.0, profile.terms.get(word, 0.0)
            if count > 0 and self._found(word):  # a word that no unit of the index has says nothing
                said = float(np.float32(count * 2.2 / (count + 1.2 * (1 - 0.5 + 0.5 * share))))
            if own > 0:
                said = max(said, own * 2.2 / (own + 1.2))
            total += weight * self._idf(word) * said
        return total

    def _found(self, word: str) -> int:
        if word not in self.frequencies:
            self.frequencies[word] = sum(record.terms.get(word, 0.0) > 0 for record in self.records)
        return self.frequencies[word]

    def _idf(self, word: str) -> float:
        found = self._found(word)
        return math.log(1 + (len(self.records) - found + 0.5) / (found + 0.5))

    def _length(self, record: UnitRecord) -> float:
        return sum(weight for word, weight in record.terms.items() if weight > 0 and word[:1] != "@")

    def _affinities(self, record: UnitRecord, need: Need) -> list[float]:
        declined = need.profiles.get(record.number, NOTHING).declined
        return [
            0.0 if one.kind in declined else self.table.value(record.industry, record.code_system, one.kind)
            for one in need.wanted
        ]
