"""Keys that Django's models cannot express: with further columns in their index, or over several columns."""

from django.db import migrations


class Migration(migrations.Migration):

    replaces = [('matchmaking', '0011_brokerage_days')]

    dependencies = [
        ('matchmaking', '0001_initial'),
    ]

    operations = [
        # The score joins reach with itself by word: the columns it reads travel in the index of the primary key.
        migrations.RunSQL(
            """
            ALTER TABLE matchmaking_reach DROP CONSTRAINT matchmaking_reach_pkey, ADD PRIMARY KEY (node_id, member_id)
            INCLUDE (offer, met_1, met_2, met_3, own_offer, own_met_1, own_met_2, own_met_3)
            """,
            """
            ALTER TABLE matchmaking_reach DROP CONSTRAINT matchmaking_reach_pkey, ADD PRIMARY KEY (node_id, member_id)
            """,
        ),
        # A seat has the day and slot of its meeting and the day of its participant; a wish joins two participants of its
        # day.
        migrations.RunSQL(
            """
            ALTER TABLE matchmaking_meetingseat
                ADD CONSTRAINT a_seat_is_at_the_slot_of_its_meeting FOREIGN KEY (meeting_id, day_id, slot)
                    REFERENCES matchmaking_meeting (id, day_id, slot) DEFERRABLE INITIALLY DEFERRED,
                ADD CONSTRAINT a_seat_is_taken_by_somebody_of_its_day FOREIGN KEY (member_id, day_id)
                    REFERENCES matchmaking_daymember (id, day_id) DEFERRABLE INITIALLY DEFERRED;
            ALTER TABLE matchmaking_wish
                ADD CONSTRAINT a_wish_is_of_somebody_of_its_day FOREIGN KEY (member_id, day_id)
                    REFERENCES matchmaking_daymember (id, day_id) DEFERRABLE INITIALLY DEFERRED,
                ADD CONSTRAINT a_wish_is_for_somebody_of_its_day FOREIGN KEY (partner_id, day_id)
                    REFERENCES matchmaking_daymember (id, day_id) DEFERRABLE INITIALLY DEFERRED;
            """,
            """
            ALTER TABLE matchmaking_meetingseat
                DROP CONSTRAINT a_seat_is_at_the_slot_of_its_meeting,
                DROP CONSTRAINT a_seat_is_taken_by_somebody_of_its_day;
            ALTER TABLE matchmaking_wish
                DROP CONSTRAINT a_wish_is_of_somebody_of_its_day,
                DROP CONSTRAINT a_wish_is_for_somebody_of_its_day;
            """,
        ),
    ]
