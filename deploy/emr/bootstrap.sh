#!/usr/bin/env bash
# EMR bootstrap action: puts Refrain on the primary node, as /usr/local/bin/refrain.
#
#   bootstrap.sh s3://example-churn/deploy/refrain-SHA256.tar.gz
#
# The file's name holds its SHA-256, as deploy/emr/upload.sh names it, and is checked against it.
set -euo pipefail

bundle=${1:?Which bundle? Give its URL: s3://bucket/folder/refrain-SHA256.tar.gz}
install=${REFRAIN_INSTALL:-/opt}
instance=${EMR_INSTANCE_FILE:-/mnt/var/lib/info/instance.json}

as_root() {
  if [[ $(id -u) == 0 ]]; then "$@"; else sudo "$@"; fi
}

# Executors run no Refrain: only the driver's machine needs it.
grep -Eq '"isMaster"[[:space:]]*:[[:space:]]*true' "$instance" || exit 0

file=$(mktemp)
trap 'rm -f "$file"' EXIT
aws s3 cp --only-show-errors "$bundle" "$file"
sum=${bundle##*/refrain-}
echo "${sum%.tar.gz}  $file" | sha256sum --check --quiet
as_root tar -xzf "$file" -C "$install" --no-same-owner
as_root ln -sf "$install/refrain/bin/refrain" "${REFRAIN_LINK:-/usr/local/bin/refrain}"
refrain --version
