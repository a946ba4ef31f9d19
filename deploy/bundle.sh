#!/usr/bin/env bash
# Makes one file with Node, Refrain and what it needs, for machines that reach no registry: clusters above all.
#
#   deploy/bundle.sh [FILE]        default: refrain-linux-x64.tar.gz, for this machine's system and processor
#
# Unpacked anywhere it gives refrain/bin/refrain. It holds the Node that runs this script (20.20 or newer).
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
platform=$(node -p 'process.platform + "-" + process.arch')
file=${1:-refrain-$platform.tar.gz}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$root"
package=$(npm pack --silent --pack-destination "$work" | tail -n 1)
tar -xzf "$work/$package" -C "$work"
mv "$work/package" "$work/refrain"
cp package-lock.json "$work/refrain/"
(cd "$work/refrain" && npm ci --silent --omit=dev --ignore-scripts --no-audit --no-fund)

mkdir "$work/refrain/bin"
cp "$(node -p process.execPath)" "$work/refrain/bin/node"
cat >"$work/refrain/bin/refrain" <<'WRAPPER'
#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
exec "$here/node" "$here/../dist/cli/main.js" "$@"
WRAPPER
chmod 755 "$work/refrain/bin/refrain" "$work/refrain/bin/node"
"$work/refrain/bin/refrain" --version >/dev/null

cp -R deploy "$work/refrain/"

tar --owner=0 --group=0 --numeric-owner --sort=name -czf "$work/bundle" -C "$work" refrain
cd "$OLDPWD" && mkdir -p "$(dirname "$file")" && mv "$work/bundle" "$file"
printf '%s  %s\n' "$(sha256sum "$file" | cut -d' ' -f1)" "$file"
