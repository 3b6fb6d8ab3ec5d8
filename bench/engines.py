"""The engines side by side: each answers a need with the numbers of its best fifty."""

from typing import Protocol

import numpy as np
import tantivy

from bench.plain import Plain
from bench.register import Register
from medspil.matching import DEFAULT_WEIGHTS, AffinityTable, Index, Need, Profile, rank
from medspil.matching._exact import own_values
from medspil.matching._query import prepare

TOP = 50


class Engine(Protocol):
    """What the measuring needs of an engine."""

    name: str

    def ask(self, need: Need) -> list[int]:
        """Return the numbers of the best fifty, best first."""


class Ours:
    """`medspil.matching`: with gate counts and full explanations of all fifty."""

    name = "medspil.matching"

    def __init__(self, index: Index, table: AffinityTable) -> None:
        self.index, self.table = index, table

    def ask(self, need: Need) -> list[int]:
        """Rank and explain."""
        return [unit.number for unit in rank(self.index, need, self.table, k=TOP).units]


class Dense:
    """The same formula over every row with NumPy, no bounds, no explanation."""

    name = "NumPy, dense"

    def __init__(self, index: Index, table: AffinityTable, data: Plain) -> None:
        self.index, self.table, self.data = index, table, data
        terms = len(index.vocabulary)
        self.starts = np.searchsorted(data.term, np.arange(terms + 1, dtype=np.int32))

    def ask(self, need: Need) -> list[int]:
        """Score every row and take the best."""
        query, data, weights = prepare(self.index, need, self.table, DEFAULT_WEIGHTS), self.data, DEFAULT_WEIGHTS
        text = np.zeros(len(data.number))
        for term in query.terms:
            low, high = self.starts[term.id : term.id + 2].tolist()
            text[data.row[low:high]] += term.weight * data.impact[low:high].astype(np.float64)
        commitment, relation, fairness = own_values(Profile(), need)
        score = (weights.capability * query.capability)[data.industry]
        score += weights.relevance * (text / (text + query.half))
        score += weights.capacity * query.capacity[data.size]
        if need.place is not None:
            distance = np.sqrt((data.x - need.place[0]) ** 2 + (data.y - need.place[1]) ** 2)
            score += weights.proximity * np.exp(-distance / need.scale_m)
            if need.radius_m is not None:
                score[distance > need.radius_m] = -1.0
        score += weights.commitment * commitment + weights.relation * relation + weights.fairness * fairness
        count = min(TOP, len(score))
        least = np.partition(score, len(score) - count)[len(score) - count]
        found = np.flatnonzero((score >= least - 1e-9) & (score >= 0))
        order = np.lexsort((data.number[found], -np.round(score[found], 12)))[:TOP]
        best: list[int] = data.number[found[order]].tolist()
        return best


class Tantivy:
    """A search engine: the need's words only, and so another answer."""

    name = "tantivy, text only"

    def __init__(self, register: Register) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("number", stored=True)
        builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema)
        writer = self.index.writer(128_000_000)
        for record in register.records():
            if record.active and not record.protected:
                document = tantivy.Document()
                document.add_integer("number", record.number)
                document.add_text("words", " ".join(record.terms))
                writer.add_document(document)
        writer.commit()
        self.index.reload()
        self.searcher = self.index.searcher()

    def ask(self, need: Need) -> list[int]:
        """Return the fifty that say most of the words."""
        words = [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(tantivy.Query.term_query(self.schema, "words", word, "freq"), weight),
            )
            for word, weight in need.terms.items()
        ]
        hits = self.searcher.search(tantivy.Query.boolean_query(words), TOP).hits
        return [self.searcher.doc(address)["number"][0] for _, address in hits]
