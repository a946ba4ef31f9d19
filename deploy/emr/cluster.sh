#!/usr/bin/env bash
# A cluster of EMR for one run: it starts, runs Refrain as a step, copies the run to S3 and ends.
#
#   deploy/emr/cluster.sh s3://example-churn s3://example-churn/deploy/refrain-SHA256.tar.gz -- run LOG... [options]
#
# The first argument is the folder for runs, the cluster's intermediate tables and its logs. By variables:
#   RELEASE      emr-spark-8.0.0: the first release of EMR with Spark 4, and so with a Connect server
#   PRIMARY, CORE, NODES   instance types and number of core nodes; sizes: docs/cluster.md
#   NAME, LOG_URI, EC2_ATTRIBUTES (SubnetId=...,KeyName=...)   as in "aws emr create-cluster"
#   SPARK_OPTIONS   further options of spark-submit
# Prints the cluster's id.
set -euo pipefail

folder=${1:?Where to? Give a folder of S3: s3://bucket}
folder=${folder%/}
bundle=${2:?Which bundle? deploy/emr/upload.sh prints its URL.}
[[ ${3:-} == -- ]] || { echo 'After -- comes what Refrain is to do: run LOG... [options]' >&2 && exit 2; }
shift 3

step=$(node -p '
  const [job, to, work, spark, ...command] = process.argv.slice(1);
  const sizes = ["--deploy-mode", "client", "--driver-memory", "8g", "--conf", "spark.driver.maxResultSize=0"];
  const own = ["--copy-to", to, "--refrain", "/usr/local/bin/refrain", "--", ...command, "--work", work];
  const Args = [...sizes, ...spark.split(" ").filter(Boolean), job, ...own];
  JSON.stringify([{ Type: "Spark", Name: "refrain", ActionOnFailure: "TERMINATE_CLUSTER", Args }]);
' -- "${bundle%/*}/refrain_job.py" "$folder/runs" "$folder/work" "${SPARK_OPTIONS:-}" "$@")

aws emr create-cluster \
  --name "${NAME:-refrain}" \
  --release-label "${RELEASE:-emr-spark-8.0.0}" \
  --applications Name=Spark \
  --use-default-roles \
  --instance-groups \
  "InstanceGroupType=MASTER,InstanceCount=1,InstanceType=${PRIMARY:-m7i.2xlarge}" \
  "InstanceGroupType=CORE,InstanceCount=${NODES:-4},InstanceType=${CORE:-m7i.2xlarge}" \
  ${EC2_ATTRIBUTES:+--ec2-attributes "$EC2_ATTRIBUTES"} \
  --log-uri "${LOG_URI:-$folder/logs}" \
  --bootstrap-actions "Path=${bundle%/*}/bootstrap.sh,Args=[$bundle],Name=refrain" \
  --steps "$step" \
  --auto-terminate \
  --query ClusterId --output text
