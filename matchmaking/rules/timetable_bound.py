"""How good a timetable could be at the very best: a weight of wishes that none can exceed, found with prices.

Each participant has a price for a meeting and each slot a price for a table. A wish is worth what is left of its weight
after the prices of its two participants and of its cheapest slot. Whatever the prices, all that is left plus what all
places cost is at least the weight of every lawful timetable (duality of linear programs); prices that are raised where
more is asked for than there is, and lowered elsewhere, bring that sum down. It is a bound and not the optimum: the best
timetable may lie a little below it.
"""

from matchmaking.rules.timetable import Problem

ROUNDS = 300
FIRST_STEP = 12.0
"""How much a price changes at first, in weights of wishes, for a place that is asked for once too often."""


def bound(problem: Problem, rounds: int = ROUNDS) -> int:
    """A weight that no timetable of this problem exceeds; the same on every machine."""
    market = _Market(problem)
    best = market.sum_of_weights()
    for turn in range(rounds):
        value = market.ask()
        best = min(best, value)
        market.adjust(FIRST_STEP / (1 + turn / 10))
    return int(best + 1e-6)


class _Market:
    """Prices, and what is asked for at these prices."""

    def __init__(self, problem: Problem) -> None:
        nowhere: frozenset[int] = frozenset()
        free = {who: problem.free.get(who, nowhere) for wish in problem.wishes for who in (wish.one, wish.other)}
        number = {who: place for place, who in enumerate(sorted(free))}
        hours: dict[frozenset[int], int] = {}
        self.wishes = []
        for wish in problem.wishes:
            common = free[wish.one] & free[wish.other]
            if common and wish.one != wish.other:
                slots = hours.setdefault(common, len(hours))
                self.wishes.append((wish.weight, number[wish.one], number[wish.other], slots))
        self.hours = [sorted(slots) for slots in hours]
        self.room = [min(problem.most.get(who, len(free[who])), len(free[who])) for who in sorted(free)]
        self.tables = [
            min(problem.tables, sum(slot in slots for slots in free.values()) // 2) for slot in range(problem.slots)
        ]
        self.prices = [0.0] * len(self.room)
        self.table_prices = [0.0] * len(self.tables)
        self.asked = [0] * len(self.room)
        self.asked_tables = [0.0] * len(self.tables)

    def sum_of_weights(self) -> float:
        return float(sum(wish[0] for wish in self.wishes))

    def ask(self) -> float:
        """Ask for every wish that is worth its prices; returns the bound that these prices prove."""
        least = [min(self.table_prices[slot] for slot in slots) for slots in self.hours]
        asking = [0] * len(self.hours)
        self.asked = [0] * len(self.room)
        left = 0.0
        for weight, one, other, slots in self.wishes:
            gain = weight - self.prices[one] - self.prices[other] - least[slots]
            if gain > 0:
                left += gain
                self.asked[one] += 1
                self.asked[other] += 1
                asking[slots] += 1
        self._spread(asking, least)
        cost = sum(price * room for price, room in zip(self.prices, self.room, strict=True))
        return left + cost + sum(price * room for price, room in zip(self.table_prices, self.tables, strict=True))

    def _spread(self, asking: list[int], least: list[float]) -> None:
        """Those who ask for the same hours spread over the cheapest of them."""
        self.asked_tables = [0.0] * len(self.tables)
        for slots, count, price in zip(self.hours, asking, least, strict=True):
            cheap = [slot for slot in slots if self.table_prices[slot] <= price + 1e-9]
            for slot in cheap:
                self.asked_tables[slot] += count / len(cheap)

    def adjust(self, step: float) -> None:
        """Raise prices where too much is asked for, lower them elsewhere; a price is never below nothing."""
        for prices, asked, room in (
            (self.prices, self.asked, self.room),
            (self.table_prices, self.asked_tables, self.tables),
        ):
            for place, price in enumerate(prices):
                change = step * (asked[place] - room[place]) / max(room[place], 1)
                prices[place] = max(0.0, price + change)
