#!/usr/bin/env bash
# Installs the site's two Redis servers on Debian 12+ or Ubuntu 24.04+: one for the cache (port 6379), one for
# sessions (6380), TLS only, with least-privilege users, as hardened services. Run it again after changing anything:
# it does what is missing, and says what it does. Passwords and certificates that are there stay.
#
#   sudo deploy/redis/install-redis.sh [--dry-run] [--root FOLDER] [--cache-memory 512mb] [--sessions-memory 256mb]
#
#   --dry-run   only says what it would do
#   --root      puts all files below that folder and touches no package, user or service (for images and tests)
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
dry_run=0
root=''
cache_memory=512mb
sessions_memory=256mb

fail() {
  echo "install-redis: $*" >&2
  exit 1
}

while [ $# -gt 0 ]; do
  case $1 in
    --dry-run) dry_run=1 ;;
    --root) root=${2:?--root needs a folder} && shift ;;
    --cache-memory) cache_memory=${2:?--cache-memory needs a size, such as 512mb} && shift ;;
    --sessions-memory) sessions_memory=${2:?--sessions-memory needs a size, such as 256mb} && shift ;;
    *) fail "unknown argument $1" ;;
  esac
  shift
done
for size in "$cache_memory" "$sessions_memory"; do
  [[ $size =~ ^[0-9]+(mb|gb)$ ]] || fail "$size is no size, such as 512mb or 2gb"
done

changed=0
# Says what happens, and does it unless this is a dry run.
step() {
  local what=$1
  shift
  changed=$((changed + 1))
  if [ "$dry_run" = 1 ]; then
    echo "would: $what"
  else
    echo "$what"
    "$@"
  fi
}

etc=$root/etc/tbi-redis
unit=$root/etc/systemd/system/tbi-redis@.service
system=1
[ -n "$root" ] && system=0

if [ "$system" = 1 ]; then
  [ "$(id -u)" = 0 ] || [ "$dry_run" = 1 ] || fail 'must be run as root; see what it would do with --dry-run'
  # shellcheck source=/dev/null
  . /etc/os-release
  case " ${ID:-} ${ID_LIKE:-} " in
    *' debian '* | *' ubuntu '*) ;;
    *) fail "made for Debian and Ubuntu, not for ${PRETTY_NAME:-this system}" ;;
  esac
fi
command -v node >/dev/null || fail 'needs Node.js (to make the list of users)'

# ── Redis itself, without the service that its package would start ───────────────────────────────────────
if [ "$system" = 1 ]; then
  if ! command -v redis-server >/dev/null; then
    step 'install redis-server and openssl with apt-get' \
      env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends redis-server openssl
  fi
  if systemctl is-enabled --quiet redis-server.service 2>/dev/null; then
    step "stop and disable the package's own service, which listens without TLS on the same port" \
      systemctl disable --now redis-server.service
  elif [ "$dry_run" = 1 ] && ! command -v redis-server >/dev/null; then
    step "stop and disable the package's own service, which listens without TLS" true
  fi
  if command -v redis-server >/dev/null; then
    version=$(redis-server --version | sed -E 's/.* v=([0-9]+\.[0-9]+).*/\1/')
    printf '6.2\n%s\n' "$version" | sort --version-sort --check=quiet ||
      fail "redis-server $version is too old; 6.2 or later is needed"
  fi
  if ! getent passwd tbi-redis >/dev/null; then
    step 'create the user tbi-redis' \
      useradd --system --home-dir /nonexistent --no-create-home --shell /usr/sbin/nologin tbi-redis
  fi
  if [ "$(sysctl -n vm.overcommit_memory)" != 1 ]; then
    step 'let Redis write its files while memory is short (vm.overcommit_memory = 1)' \
      sh -c 'echo vm.overcommit_memory=1 >/etc/sysctl.d/60-tbi-redis.conf && sysctl --quiet --load /etc/sysctl.d/60-tbi-redis.conf'
  fi
fi

# ── Settings ─────────────────────────────────────────────────────────────────────────────────────────────
put() {
  local text=$1 target=$2 mode=$3
  if [ -f "$target" ] && [ "$text" = "$(cat "$target")" ]; then return; fi
  step "write $target" write "$text" "$target" "$mode"
}
write() {
  install -D --mode "$3" /dev/null "$2.incoming"
  printf '%s\n' "$1" >"$2.incoming"
  mv "$2.incoming" "$2"
}
with_memory() {
  sed -E "s/^maxmemory [0-9]+[a-z]+$/maxmemory $2/" "$1"
}
put "$(cat "$here/common.conf")" "$etc/common.conf" 644
put "$(with_memory "$here/cache.conf" "$cache_memory")" "$etc/cache.conf" 644
put "$(with_memory "$here/sessions.conf" "$sessions_memory")" "$etc/sessions.conf" 644
put "$(cat "$here/tbi-redis@.service")" "$unit" 644

# ── An authority of this machine's own, and a certificate for it ─────────────────────────────────────────
make_certificates() (
  umask 077
  mkdir -p "$etc/tls" && cd "$etc/tls"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj '/CN=tbi-redis authority' \
    -keyout ca.key -out ca.crt 2>/dev/null
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$(hostname)" \
    -keyout server.key -out server.csr 2>/dev/null
  printf 'subjectAltName=DNS:localhost,DNS:%s,IP:127.0.0.1' "$(hostname)" >server.ext
  openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 3650 -extfile server.ext \
    -out server.crt 2>/dev/null
  rm server.csr server.ext
  chmod 644 ca.crt
)
if [ ! -f "$etc/tls/server.crt" ]; then
  step "make an authority and a certificate in $etc/tls" make_certificates
fi

# ── Users ────────────────────────────────────────────────────────────────────────────────────────────────
make_users() {
  mkdir -p "$etc"
  node "$here/generate-acl.mjs" "$etc" >/dev/null
}
users_are_current() {
  local scratch
  [ -f "$etc/users.acl" ] && [ -f "$etc/passwords.env" ] || return 1
  scratch=$(mktemp -d)
  cp "$etc/passwords.env" "$scratch"
  node "$here/generate-acl.mjs" "$scratch" >/dev/null
  cmp --silent "$scratch/users.acl" "$etc/users.acl"
  local same=$?
  rm -r "$scratch"
  return $same
}
if ! users_are_current; then
  step "write $etc/users.acl, with the passwords' hashes, and $etc/passwords.env" make_users
fi

# ── Services ─────────────────────────────────────────────────────────────────────────────────────────────
if [ "$system" = 1 ]; then
  own() {
    chown -R root:tbi-redis "$etc"
    # The site reads ca.crt in there.
    chmod 755 "$etc" "$etc/tls"
    chmod 640 "$etc/users.acl" "$etc/tls/server.key" "$etc/tls/server.crt"
  }
  # What the servers have been started with. After a run that failed half-way it is not what is there.
  state() { cat "$etc"/*.conf "$etc/users.acl" "$etc/tls/server.crt" "$unit" 2>/dev/null | sha256sum; }
  record() { state >"$etc/applied"; }
  # `is-active` of both at once is content with one of them.
  both_run() { systemctl is-active --quiet tbi-redis@cache && systemctl is-active --quiet tbi-redis@sessions; }
  if [ "$changed" -gt 0 ] || [ "$(state)" != "$(cat "$etc/applied" 2>/dev/null)" ] ||
    ! both_run; then
    step 'let tbi-redis read its settings, and nobody else' own
    step 'read the units again' systemctl daemon-reload
    step 'start the two servers now and at every boot' systemctl enable --now tbi-redis@cache tbi-redis@sessions
    step 'restart them with what has changed' systemctl restart tbi-redis@cache tbi-redis@sessions
    step 'remember what they run with' record
  fi
fi

if [ "$changed" = 0 ]; then echo 'nothing to do'; fi
if [ "$dry_run" = 0 ]; then
  cat <<TEXT

For .env of the site (passwords: $etc/passwords.env):

REDIS_URL=rediss://tbi-cache:<TBI_CACHE>@127.0.0.1:6379
REDIS_SESSIONS_URL=rediss://tbi-sessions:<TBI_SESSIONS>@127.0.0.1:6380
REDIS_TLS_CA=$etc/tls/ca.crt
TEXT
fi
