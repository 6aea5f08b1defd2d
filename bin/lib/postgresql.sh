# shellcheck shell=bash
# A PostgreSQL server for the tests, in a folder of its own and without a port. Sourced, never run.

POSTGRESQL_PID=
POSTGRESQL_FOLDER=

# as_postgres COMMAND...: PostgreSQL refuses to run as root.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

# start_postgresql: begins an empty server, and exports NVFLEET_POSTGRESQL, the address of a database in it.
start_postgresql() {
    local binaries
    binaries=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
    [ -n "$binaries" ] || return 1
    POSTGRESQL_FOLDER=$(mktemp -d /tmp/nvfleet-postgresql.XXXXXX)
    [ "$(id -u)" != 0 ] || chown postgres "$POSTGRESQL_FOLDER"
    as_postgres "$binaries/initdb" --pgdata="$POSTGRESQL_FOLDER/data" --auth=trust --username=fleet --encoding=UTF8 \
        --locale=C.UTF-8 --no-sync >"$POSTGRESQL_FOLDER.log" 2>&1 || return 1
    # What the tests write need not survive a power cut.
    as_postgres "$binaries/postgres" -D "$POSTGRESQL_FOLDER/data" -k "$POSTGRESQL_FOLDER" -c listen_addresses= -c fsync=off \
        -c max_connections=300 >>"$POSTGRESQL_FOLDER.log" 2>&1 9>&- &
    POSTGRESQL_PID=$!
    local tries
    for tries in $(seq 100); do
        "$binaries/pg_isready" -q -h "$POSTGRESQL_FOLDER" -U fleet && break
        [ "$tries" -lt 100 ] || return 1
        sleep 0.2
    done
    export NVFLEET_POSTGRESQL="postgresql://fleet@/postgres?host=$POSTGRESQL_FOLDER"
}

stop_postgresql() {
    [ -n "$POSTGRESQL_FOLDER" ] || return 0
    local server
    server=$(head -n 1 "$POSTGRESQL_FOLDER/data/postmaster.pid" 2>/dev/null || true)
    [ -z "$server" ] || kill -INT "$server" 2>/dev/null || true
    [ -z "$POSTGRESQL_PID" ] || wait "$POSTGRESQL_PID" 2>/dev/null || true
    rm -rf "$POSTGRESQL_FOLDER" "$POSTGRESQL_FOLDER.log"
    POSTGRESQL_FOLDER=
    POSTGRESQL_PID=
}
