#!/bin/sh
# Runs once, when the database is created: the portal's own role owns its database and is no superuser,
# so that the triggers that guard the history bind it too.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$PORTAL_PASSWORD" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
create role portal login password :'password';
create database portal owner portal;
SQL
