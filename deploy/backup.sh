#!/bin/sh
# Backs up the database and the files into one folder a day; keeps 30. From cron, as user dondoc:
#   15 2 * * *  . /etc/dondoc.env; /opt/dondoc/deploy/backup.sh /srv/backup/dondoc
set -eu
target="$1/$(date +%F)"
mkdir -p "$target"
pg_dump --format=custom --file="$target/dondoc.dump" "$DATABASE_URL"
tar -C "$FILES_DIR" -czf "$target/files.tar.gz" .
find "$1" -mindepth 1 -maxdepth 1 -type d -name '20*' | sort -r | tail -n +31 | xargs -r rm -rf
