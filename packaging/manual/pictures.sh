#!/usr/bin/env bash
# Makes the manual's pictures again, with the project's own tools: packaging/manual/pictures.sh [--binary FILE]
# Screens come from tests/ui_pictures, papers from the stand-in printer, the first start from packaging/image/boot-test where
# it has run (target/image/boot). Needs ImageMagick (apt install imagemagick).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
binary=target/debug/totem
[ "${1-}" != --binary ] || binary=$2
out=packaging/manual/pictures most=61440
command -v convert >/dev/null || { echo "missing: apt install imagemagick" >&2; exit 1; }
[ -x "$binary" ] || cargo build --locked
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir -p "$out"

# small PICTURE NAME: no wider than it is read at, and few colours
small() {
  convert "$1" -resize '405x1000>' -colors 64 -strip -define png:compression-level=9 "$out/$2.png"
  [ "$(stat -c %s "$out/$2.png")" -le "$most" ] || { echo "$out/$2.png is larger than 60 KB" >&2; exit 1; }
}

screens="service_pin technician_state technician_list technician_account technician_resolve technician_cards technician_machine"
screens="$screens technician_machine_asks trouble confirming closed"
TOTEM_PICTURES=${screens// /,} cargo test --locked --quiet --test ui_pictures every_screen >&2
for screen in $screens; do small "target/pictures/$screen-768x1360.png" "$screen"; done

"$binary" simulate printer --state "$work" --port "$work/port" >"$work/told" 2>&1 &
for _ in $(seq 100); do [ -e "$work/port" ] && break; sleep 0.1; done
"$binary" printer test --port "$work/port" >&2
for _ in $(seq 100); do [ -e "$work/paper-0001.png" ] && break; sleep 0.1; done
small "$work/paper-0001.png" test_page

for shot in 1-asks-for-a-stick:first_start 2-refuses-the-wrong-stick:first_start_refused; do
  [ -e "target/image/boot/${shot%:*}.ppm" ] || continue
  # the words stand at the top
  convert "target/image/boot/${shot%:*}.ppm" -crop 1080x480+0+0 +repage -resize 75% "$work/shot.png"
  convert "$work/shot.png" -colors 16 -strip "$out/${shot#*:}.png"
done
ls -l "$out"
