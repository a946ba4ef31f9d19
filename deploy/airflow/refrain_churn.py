"""Airflow: every Monday the churn report over the log up to then.

Unpack what deploy/bundle.sh has made on the workers: REFRAIN_HOME says where (default: /opt/refrain). Airflow's
variables: refrain_log, refrain_runs and, if the runs are to be copied, refrain_copy_to. The Spark server comes from the
workers' environment, SPARK_REMOTE and REFRAIN_SPARK_TOKEN; without "--engine spark" the worker computes by itself.
"""

import datetime
import os

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Asset

HOME = os.environ.get("REFRAIN_HOME", "/opt/refrain")
NOTHING_TO_LEARN, ANOTHER_RUN = 4, 75

with DAG(
    dag_id="refrain_churn",
    schedule="0 6 * * 1",
    start_date=datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": datetime.timedelta(minutes=10)},
    doc_md=__doc__,
) as dag:
    # BashOperator ends the whole process group when a task is cleared: Refrain then drops what it has begun on Spark.
    BashOperator(
        task_id="run",
        bash_command=f"'{HOME}/deploy/schedule/run.sh' \"$REFRAIN_LOG\" --engine spark",
        env={
            "REFRAIN_LOG": "{{ var.value.refrain_log }}",
            "REFRAIN_RUNS": "{{ var.value.refrain_runs }}",
            "REFRAIN_COPY_TO": "{{ var.value.get('refrain_copy_to', '') }}",
            "REFRAIN_BIN": f"{HOME}/bin/refrain",
            "REFRAIN_RUN_NAME": "{{ ts_nodash }}-{{ ti.try_number }}",
        },
        append_env=True,
        skip_on_exit_code=[NOTHING_TO_LEARN, ANOTHER_RUN],
        execution_timeout=datetime.timedelta(hours=12),
        outlets=[Asset("refrain_churn_scores")],
    )
