# What `make demo` runs: every answer below is the tool's own, on the articles in seeds/.
set -e

bold='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR-}" ]; then
    bold=$(printf '\033[1m') plain=$(printf '\033[0m')
fi

ask() {
    printf '\n%s$ quotes' "$bold"
    for word in "$@"; do
        case $word in *' '*) printf ' "%s"' "$word" ;; *) printf ' %s' "$word" ;; esac
    done
    printf '%s\n\n' "$plain"
    quotes "$@"
}

ask add seeds
ask who "on your side with all its might"
ask by Ashtiani
ask verify
cat <<'END'

Go on:
  make serve                                   browse the same database in Datasette
  .venv-demo/bin/quotes who "any words"        with QUOTES_DB=demo.db, or --db demo.db
  .venv-demo/bin/quotes add your/articles      texts, saved pages, JSONL; see docs/inputs.md
  .venv-demo/bin/quotes --help                 every command
END
