"""The score, told once: `flow` says who can give what to whom, `pair` holds it against what is needed.

The same text makes three views that differ only in how much of each side they read. Integer gains are summed, so
that no plan and no order of rows can change a sum; literals are float8, for numeric ones would slow the inner loop.
"""

from django.db import migrations

FLOW = """
CREATE VIEW {flow} AS
SELECT me.member_id, you.member_id AS partner_id,
       sum(w.delta * CASE you.{your}offer WHEN 0 THEN 0 WHEN 1 THEN me.{my}met_1 WHEN 2 THEN me.{my}met_2
                                          ELSE me.{my}met_3 END) AS gain_in,
       sum(w.delta * CASE me.{my}offer WHEN 0 THEN 0 WHEN 1 THEN you.{your}met_1 WHEN 2 THEN you.{your}met_2
                                       ELSE you.{your}met_3 END) AS gain_out
  FROM matchmaking_reach me
  JOIN matchmaking_tagweight w ON w.node_id = me.node_id AND w.delta > 0
  JOIN matchmaking_reach you ON you.node_id = me.node_id
   AND (me.{my}met_3 > 0 AND you.{your}offer > 0 OR me.{my}offer > 0 AND you.{your}met_3 > 0)
 GROUP BY me.member_id, you.member_id
"""
PAIR = """
CREATE VIEW {pair} AS
SELECT f.member_id, f.partner_id, c.gains, c.gives,
       CASE a.orientation WHEN 'dual' THEN 0.9::float8 ELSE 1::float8 END
     * CASE b.orientation WHEN 'dual' THEN 0.9::float8 ELSE 1::float8 END
     * (c.gains + c.gives + 2 * c.gains * c.gives / (c.gains + c.gives)) / 3 AS score,
       b."references",
       md5(least(f.member_id, f.partner_id) || ':' || greatest(f.member_id, f.partner_id)) AS tie
  FROM {flow} f
  JOIN matchmaking_matchprofile a ON a.member_id = f.member_id
  JOIN matchmaking_matchprofile b ON b.member_id = f.partner_id,
       LATERAL (SELECT f.gain_in / (2 * a.{my}need_total) AS gains, f.gain_out / (2 * b.{your}need_total) AS gives) c
 WHERE f.member_id <> f.partner_id AND (a.orientation <> b.orientation OR a.orientation = 'dual')
   AND f.gain_in + f.gain_out > 0
"""
VIEWS = (
    # name of the pairs, of the flows, what is read of the member, what of the partner
    ("matchmaking_pair", "matchmaking_flow", "own_", ""),
    ("matchmaking_sharedpair", "matchmaking_sharedflow", "", ""),
    ("matchmaking_brokerpair", "matchmaking_brokerflow", "own_", "own_"),
)


def view(pair, flow, my, your):
    names = {"pair": pair, "flow": flow, "my": my, "your": your}
    return migrations.RunSQL(
        [FLOW.format(**names), PAIR.format(**names)], [f"DROP VIEW {pair}", f"DROP VIEW {flow}"]
    )


class Migration(migrations.Migration):

    replaces = [('matchmaking', '0002_pairs')]

    dependencies = [
        ('matchmaking', '0002_keys'),
    ]

    operations = [
        *(view(*one) for one in VIEWS),
    ]
