# shellcheck shell=bash
# The demo fleet of bin/run: its cards, a signed firmware image for them, what to try. Sourced after programs.sh; needs DATA, BIN, URL.

CONTROL=127.0.0.1:19077
SUBNET=127.77.0.0/24
CARDS=12
OFFSET=10000
DEMO_VERSION=8.41
IMAGE_PLACE=

# prepare_firmware: the demo's signing key and a signed image of the next version, once.
prepare_firmware() {
    local key=$DATA/demo/firmware-key payload=$DATA/demo/payload.tmp
    IMAGE=$DATA/demo/CardAgent-$DEMO_VERSION.bin
    if [ ! -s "$key" ] || [ ! -s "$key.pub" ]; then
        rm -f "$key" "$key.pub" "$IMAGE"
        "$BIN/nvexplorer" firmware keygen --out "$key" >/dev/null || die "The demo's firmware key could not be made."
    fi
    [ -s "$IMAGE" ] && return 0
    rm -f "$IMAGE.tmp"
    head -c 1500000 /dev/urandom >"$payload"
    if ! make_image "$key" "$payload" "$IMAGE.tmp"; then die "The demo's firmware image could not be made; the lines above say why."; fi
    rm -f "$payload"
    mv "$IMAGE.tmp" "$IMAGE"
}

# make_image KEY PAYLOAD IMAGE
make_image() {
    "$BIN/nvexplorer" firmware pack --product CardAgent --version "$DEMO_VERSION" --payload "$2" --out "$3" >/dev/null \
        && "$BIN/nvexplorer" firmware sign --key "$1" "$3" >/dev/null
}

start_demo() {
    prepare_firmware
    start CardAgent "$BIN/CardAgent" farm --count "$CARDS" --subnet "$SUBNET" --port-offset "$OFFSET" \
        --control "$CONTROL" --state "$DATA/demo/farm" --trust-key "$DATA/demo/firmware-key.pub"
}

# json_text TEXT: with the marks of a JSON string.
json_text() {
    local text=${1//\\/\\\\}
    printf '"%s"' "${text//\"/\\\"}"
}

# api TOKEN METHOD PATH [CURL OPTIONS]: the token goes by standard input, so that no list of processes shows it.
api() {
    local token=$1 method=$2 path=$3
    shift 3
    printf 'header = "Authorization: Bearer %s"\n' "$token" | curl -fsS -m 60 -K - -X "$method" "$@" "$URL/api/v1$path"
}

# log_in PASSWORD: prints a token for admin.
log_in() {
    printf '{"username":"admin","password":%s}' "$(json_text "$1")" \
        | curl -fsS -m 30 -H 'Content-Type: application/json' --data-binary @- "$URL/api/v1/session" 2>/dev/null \
        | sed -n 's/.*"token" *: *"\([^"]*\)".*/\1/p'
}

# upload_image PASSWORD: puts the demo's image into the server's library, unless it is there.
upload_image() {
    local token images name=${IMAGE##*/} status=0
    token=$(log_in "$1") || return 1
    [ -n "$token" ] || return 1
    images=$(api "$token" GET /firmware) || return 1
    if [[ $images != *"\"$name\""* ]]; then
        api "$token" POST "/firmware?name=$name" -H 'Content-Type: application/octet-stream' --data-binary "@$IMAGE" -o /dev/null || status=1
    fi
    api "$token" DELETE /session -o /dev/null || true
    return "$status"
}

announce_demo() {
    cat <<END

What to try next
  Open the page: $CARDS cards appear by themselves within half a minute, with live values.
  Cut the mains of card 3, and give it back:
    curl -X PUT http://$CONTROL/cards/3/mains -d '{"present":false}'
    curl -X PUT http://$CONTROL/cards/3/mains -d '{"present":true}'
  The same fleet from the terminal:
    PATH="$BIN:\$PATH"
    nvexplorer login $URL
    nvexplorer list
  Upgrade cards: on the page under Firmware, or with
    nvexplorer upgrade --help
  A signed image of version $DEMO_VERSION, $IMAGE_PLACE:
    $IMAGE
END
}

# show_demo_image PASSWORD: uploads the image if possible, and says where it is.
show_demo_image() {
    IMAGE_PLACE="to be uploaded on the page or by nvexplorer"
    if [ "$DEMO" = 0 ] || [ -z "$1" ]; then return 0; fi
    if upload_image "$1"; then
        IMAGE_PLACE="already in the server's library"
    else
        say "The demo image could not be put into the library; upload it on the page." >&2
    fi
}
