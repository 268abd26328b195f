#!/bin/sh
# Writes what the compose files mount into docker/deploy, with fresh secrets. What is there already is left alone.
#   docker/prepare.sh DOMAIN [HOMESERVER_URL]
# With a second argument, where the containers reach your own homeserver, what is needed beside it alone is written.
set -eu
umask 077

domain=${1:-}
homeserver=${2:-}
case $domain in
  "" | *[!a-z0-9.-]*) echo "usage: docker/prepare.sh DOMAIN [HOMESERVER_URL], such as docker/prepare.sh example.org" >&2; exit 2 ;;
esac
here=$(cd "$(dirname "$0")" && pwd)
deploy=$here/deploy
mkdir -p "$deploy"

secret() {
  [ -e "$deploy/$1" ] || od -An -N"$2" -tx1 /dev/urandom | tr -d ' \n' > "$deploy/$1"
  cat "$deploy/$1"
}

livekit_key=$(secret livekit-key 8)
livekit_secret=$(secret livekit-secret 32)
as_token=$(secret .as-token 32)
hs_token=$(secret .hs-token 32)

fill() {
  if [ -e "$deploy/$2" ]; then echo "kept  deploy/$2"; return; fi
  sed -e "s|@DOMAIN@|$domain|g" -e "s|@HOMESERVER_URL@|${homeserver:-http://synapse:8008}|g" \
    -e "s|@FRAMES@|$frames|g" -e "s|@SERVICE_URL@|$service|g" \
    -e "s|@LIVEKIT_KEY@|$livekit_key|g" -e "s|@LIVEKIT_SECRET@|$livekit_secret|g" \
    -e "s|@AS_TOKEN@|$as_token|g" -e "s|@HS_TOKEN@|$hs_token|g" \
    -e "s|@REDIS_PASSWORD@|${redis_password:-}|g" -e "s|@POSTGRES_PASSWORD@|${postgres_password:-}|g" -e "s|@REGISTRATION_SECRET@|${registration_secret:-}|g" \
    -e "s|@MACAROON_SECRET@|${macaroon_secret:-}|g" -e "s|@FORM_SECRET@|${form_secret:-}|g" \
    "$here/templates/$1" > "$deploy/$2"
  echo "wrote deploy/$2"
}

# The clients that show the widget: Element of the stack; beside a homeserver of one's own it may be any, so the default stands.
# A homeserver of one's own reaches the container by the port that it publishes on its machine.
if [ -z "$homeserver" ]; then
  frames="  frameAncestors: [\"https://element.$domain\"]"
  service=http://mindminder:29330
else
  frames="  #frameAncestors: [\"https://element.$domain\"]"
  service=http://127.0.0.1:29330
fi
fill config.yaml config.yaml
fill registration.yaml registration.yaml
fill livekit.yaml livekit.yaml
if [ -z "$homeserver" ]; then
  postgres_password=$(secret postgres-password 24)
  redis_password=$(secret redis-password 24)
  registration_secret=$(secret .registration-secret 24)
  macaroon_secret=$(secret .macaroon-secret 24)
  form_secret=$(secret .form-secret 24)
  [ -e "$deploy/signing.key" ] || printf 'ed25519 a_%s %s\n' "$(secret .signing-id 2)" "$(head -c 32 /dev/urandom | base64 | tr -d '=\n')" > "$deploy/signing.key"
  fill homeserver.yaml homeserver.yaml
  fill log.yaml log.yaml
  fill element.json element.json
  fill Caddyfile Caddyfile
  fill redis.conf redis.conf
  fill redis.yaml .redis.yaml
  # A file from before Redis had a password gets the section anew; it is the last one.
  if ! grep -q "$redis_password" "$deploy/livekit.yaml"; then
    sed '/^redis:/,$d' "$deploy/livekit.yaml" > "$deploy/.livekit.yaml"
    cat "$deploy/.redis.yaml" >> "$deploy/.livekit.yaml"
    mv "$deploy/.livekit.yaml" "$deploy/livekit.yaml"
  fi
fi

# The containers read these files as users of their own (Mindminder as 1000, Synapse as 991), so the files are open to all
# and the folder to nobody else.
chmod 644 "$deploy"/[!.]*
chmod 700 "$deploy"
echo
echo "These files hold secrets, and the signing key is your homeserver's identity: keep a copy in a safe place."
