#!/usr/bin/env bash
# One run of Refrain for a scheduler: cron, systemd, Airflow or a CI job.
#
#   REFRAIN_RUNS=/srv/churn deploy/schedule/run.sh LOG... [options of "refrain run"]
#
# Makes REFRAIN_RUNS/NAME (the run's folder) and REFRAIN_RUNS/NAME.log, and turns the link REFRAIN_RUNS/current to it.
# What Refrain says goes to stdout, too; stderr has only what went wrong, so that cron mails nothing else.
#
#   REFRAIN_RUNS      folder for the runs (required)
#   REFRAIN_RUN_NAME  name of this run (default: the UTC time, 2026-11-21T060000Z)
#   REFRAIN_COPY_TO   folder that gets a copy: s3://..., gs://..., hdfs://... or a mounted folder, by aws, gcloud, hdfs or cp
#   REFRAIN_KEEP      whole runs to keep here, the newest by name (default: all)
#   REFRAIN_BIN       the program (default: refrain)
#   SPARK_REMOTE, REFRAIN_SPARK_TOKEN   the Spark server, when "--engine spark" is among the options
#
# Ends with Refrain's exit code: 4 (nothing to learn from) leaves a run with statistics, but does not turn the link.
# 75: another run is under way here. 74: the run is whole, but could not be copied.
set -euo pipefail

readonly busy=75 not_copied=74 nothing_to_learn=4
runs=${REFRAIN_RUNS:?REFRAIN_RUNS must name the folder for the runs.}
name=${REFRAIN_RUN_NAME:-$(date -u +%Y-%m-%dT%H%M%SZ)}
refrain=${REFRAIN_BIN:-refrain}

main() {
  [[ $name =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]*$ && $name != current ]] || stop 2 "REFRAIN_RUN_NAME is $name: expected letters, digits, _ - and ."
  [[ ${REFRAIN_KEEP:-1} =~ ^[1-9][0-9]*$ ]] || stop 2 "REFRAIN_KEEP is $REFRAIN_KEEP: expected a number from 1."
  (($# > 0)) || stop 2 'Which log? Give its files or URLs, and options of "refrain run".'
  [[ ! -e $runs/$name ]] || stop 2 "There is a run at $runs/$name already: give another REFRAIN_RUN_NAME."
  mkdir -p "$runs"
  exec 9>"$runs/.lock"
  flock -n 9 || stop "$busy" "Another run is under way in $runs."

  local code=0
  refrain_run "$@" || code=$?
  if ((code == 0 || code == nothing_to_learn || code == 6)); then
    copy || stop "$not_copied" "The run is at $runs/$name, but could not be copied to $REFRAIN_COPY_TO."
  fi
  if ((code == 0 || code == 6)); then
    turn_link
    remove_old
  fi
  return "$code"
}

# In the background, since bash would pass no signal on to a program that it waits for.
refrain_run() {
  local log=$runs/$name.log code=0 pid
  : >"$log"
  "$refrain" run "$@" --out "$runs/$name" >>"$log" 2>&1 9>&- &
  pid=$!
  trap 'kill -TERM "$pid" 2>/dev/null' TERM INT HUP
  tail -n +1 -f --pid="$pid" "$log" 9>&- &
  until wait "$pid"; do
    code=$?
    kill -0 "$pid" 2>/dev/null || break
  done
  trap - TERM INT HUP
  wait
  ((code == 0)) || tail -n 20 "$log" >&2
  return "$code"
}

# run.json last: a copy that holds it is whole.
copy() {
  local to=${REFRAIN_COPY_TO:-}
  to=${to%/}/$name
  case ${REFRAIN_COPY_TO:-} in
    '') ;;
    s3://*)
      aws s3 cp --recursive --only-show-errors --exclude run.json "$runs/$name" "$to" &&
        aws s3 cp --only-show-errors "$runs/$name/run.json" "$to/run.json"
      ;;
    gs://*)
      gcloud storage rsync --recursive --exclude='^run\.json$' "$runs/$name" "$to" &&
        gcloud storage cp "$runs/$name/run.json" "$to/run.json"
      ;;
    hdfs://*)
      local partial=${to%/*}/.$name.partial
      hdfs dfs -mkdir -p "${to%/*}" && hdfs dfs -rm -r -f -skipTrash "$partial" &&
        hdfs dfs -put "$runs/$name" "$partial" && hdfs dfs -mv "$partial" "$to"
      ;;
    *)
      local partial=${to%/*}/.$name.partial
      mkdir -p "${to%/*}" && rm -rf "$partial" && cp -R "$runs/$name" "$partial" && mv -T "$partial" "$to"
      ;;
  esac
}

turn_link() {
  ln -s "$name" "$runs/.current.$$"
  mv -T "$runs/.current.$$" "$runs/current"
}

remove_old() {
  [[ -n ${REFRAIN_KEEP:-} ]] || return 0
  local whole=() path
  for path in "$runs"/*/run.json; do
    path=${path%/run.json}
    [[ -L $path || $path == "$runs/$name" ]] || whole+=("$path")
  done
  local old=$((${#whole[@]} + 1 - REFRAIN_KEEP))
  for path in "${whole[@]:0:$((old > 0 ? old : 0))}"; do
    rm -rf -- "$path" "$path.log"
  done
}

stop() {
  printf '%s\n' "$2" >&2
  exit "$1"
}

main "$@"
