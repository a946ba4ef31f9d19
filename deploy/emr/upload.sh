#!/usr/bin/env bash
# Puts what EMR needs into a folder of S3: the bundle, the job and the bootstrap action.
#
#   deploy/emr/upload.sh s3://example-churn/deploy refrain-linux-x64.tar.gz
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
to=${1:?Where to? Give a folder of S3: s3://bucket/folder}
bundle=${2:?Which bundle? deploy/bundle.sh makes it.}

sum=$(sha256sum "$bundle" | cut -d' ' -f1)
aws s3 cp --only-show-errors "$bundle" "${to%/}/refrain-$sum.tar.gz"
aws s3 cp --only-show-errors "$here/bootstrap.sh" "${to%/}/bootstrap.sh"
aws s3 cp --only-show-errors "$here/../spark/refrain_job.py" "${to%/}/refrain_job.py"
echo "${to%/}/refrain-$sum.tar.gz"
