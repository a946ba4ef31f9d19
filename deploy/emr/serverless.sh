#!/usr/bin/env bash
# A run on EMR Serverless: no cluster to size or to end.
#
#   deploy/emr/serverless.sh APPLICATION ROLE s3://example-churn s3://example-churn/deploy/refrain-SHA256.tar.gz -- run LOG... [options]
#
# APPLICATION is an id of
#   aws emr-serverless create-application --type SPARK --release-label emr-spark-8.0.0 --name refrain
# ROLE is the ARN of the role that may read the log and write to the folder. SPARK_OPTIONS: further options of
# spark-submit, such as sizes; DRIVER_DISK: the driver's disk, which holds the run until it is copied.
# Waits until the run has ended; ends with 1 unless it has succeeded.
set -euo pipefail

application=${1:?Which application? Its id is the first argument.}
role=${2:?Which role? Its ARN is the second argument.}
folder=${3:?Where to? Give a folder of S3: s3://bucket}
folder=${folder%/}
bundle=${4:?Which bundle? deploy/emr/upload.sh prints its URL.}
[[ ${5:-} == -- ]] || { echo 'After -- comes what Refrain is to do: run LOG... [options]' >&2 && exit 2; }
shift 5

sizes="--conf spark.driver.cores=4 --conf spark.driver.memory=16g --conf spark.emr-serverless.driver.disk=${DRIVER_DISK:-50g}"
driver=$(node -p '
  const [entryPoint, bundle, to, work, sparkSubmitParameters, ...command] = process.argv.slice(1);
  const entryPointArguments = ["--copy-to", to, "--bundle", bundle, "--", ...command, "--work", work];
  JSON.stringify({ sparkSubmit: { entryPoint, entryPointArguments, sparkSubmitParameters } });
' -- "${bundle%/*}/refrain_job.py" "$bundle" "$folder/runs" "$folder/work" \
  "$sizes --conf spark.driver.maxResultSize=0${SPARK_OPTIONS:+ $SPARK_OPTIONS}" "$@")

run=$(aws emr-serverless start-job-run --application-id "$application" --execution-role-arn "$role" --name refrain \
  --configuration-overrides "monitoringConfiguration={s3MonitoringConfiguration={logUri=$folder/logs/}}" \
  --job-driver "$driver" --query jobRunId --output text)
echo "$run"

while :; do
  read -r state details < <(aws emr-serverless get-job-run --application-id "$application" --job-run-id "$run" \
    --query 'jobRun.[state, stateDetails]' --output text)
  case $state in
    SUCCESS) exit 0 ;;
    FAILED | CANCELLED | CANCELLING) echo "$state: $details" >&2 && exit 1 ;;
  esac
  sleep "${POLL_SECONDS:-20}"
done
