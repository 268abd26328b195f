#!/bin/sh
# Makes the clips that the demo and the tests speak, from the texts in tests/voices/voices.json and
# commands.json.
# The clips are committed, so this is needed only to change them. Debian packages:
#   festival festvox-ru flite sox opus-tools
# Usage: tools/voices/make.sh [FILE.opus ...]   (all of them, if none is named)
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
voices="$root/tests/voices"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One synthetic voice becomes several people by its pitch (in hundredths of a semitone) and tempo. Beyond three semitones
# the recogniser begins to mishear.
shape() {
  case $1 in
    Анна)  echo festival 300 1.00 ;;
    Борис) echo festival 0 1.00 ;;
    Вера)  echo festival 150 0.95 ;;
    Глеб)  echo festival -250 1.05 ;;
    Tom)   echo rms 0 1.00 ;;
    Sue)   echo slt 0 1.00 ;;
    Kim)   echo rms 200 0.95 ;;
    *)     echo "no voice for $1" >&2; exit 1 ;;
  esac
}

say() { # TEXT-FILE VOICE OUT.wav
  if [ "$2" = festival ]; then text2wave -eval '(voice_msu_ru_nsh_clunits)' "$1" -o "$3"
  else flite -voice "$2" -f "$1" "$3"
  fi
}

# Each sentence is said by itself, so that the pause between two is long enough to close a piece (0.5 s).
make() { # FILE PERSON TEXT
  read -r voice pitch tempo <<SHAPE
$(shape "$2")
SHAPE
  rm -f "$work"/*.wav "$work"/*.txt
  printf '%s\n' "$3" | sed 's/\([.?!]\) /\1\n/g' | awk -v dir="$work" '{ f = sprintf("%s/%02d.txt", dir, NR); print > f }'
  for sentence in "$work"/*.txt; do
    say "$sentence" "$voice" "$work/said.wav"
    # The silence around a sentence differs from voice to voice: cut it and put our own.
    sox "$work/said.wav" -r 16000 "${sentence%.txt}.wav" \
      silence 1 0.02 0.1% reverse silence 1 0.02 0.1% reverse pitch "$pitch" tempo -s "$tempo" gain -n -4 pad 0.3 0.45
  done
  rm -f "$work/said.wav"
  sox "$work"/[0-9]*.wav "$work/whole.wav"
  opusenc --quiet --bitrate 24 --framesize 20 --serial 1 "$work/whole.wav" "$voices/$1"
  printf '%-16s %5.1f s  %s\n' "$1" "$(soxi -D "$work/whole.wav")" "$2"
}

node -e '
  for (const list of process.argv.slice(1))
    for (const { file, person, text } of JSON.parse(require("fs").readFileSync(list, "utf8")))
      console.log([file, person, text].join("\t"));
' "$voices/voices.json" "$voices/commands.json" > "$work/list"

wanted=" $* "
while IFS="$(printf '\t')" read -r file person text; do
  case $wanted in "  " | *" $file "*) make "$file" "$person" "$text" < /dev/null ;; esac
done < "$work/list"
