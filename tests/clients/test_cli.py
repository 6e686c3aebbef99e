"""Every operation through the AWS CLI, by the commands that its users type."""
import contextlib
import io
import json
import os
import pathlib
import shlex
import tempfile
import unittest

from awscli.clidriver import create_clidriver

from served import ARN, ROLE, Served

PASS = json.dumps({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}})
WAIT = json.dumps({"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 1000, "End": True}}})
FAIL = json.dumps({"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "Sorry"}}})
WORK = json.dumps({"StartAt": "T", "States": {"T": {
    "Type": "Task", "Resource": f"{ARN}:activity:my-activity", "TimeoutSeconds": 60, "End": True}}})
MAP = json.dumps({"StartAt": "M", "States": {"M": {
    "Type": "Map", "Label": "each", "End": True, "ItemProcessor": {
        "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
        "StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 1000, "End": True}}}}}})
SETTINGS = {
    "AWS_ACCESS_KEY_ID": "any", "AWS_SECRET_ACCESS_KEY": "any", "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull, "AWS_PAGER": "", "AWS_MAX_ATTEMPTS": "1",
    "AWS_DISABLE_HOST_PREFIX_INJECTION": "true", "AWS_EC2_METADATA_DISABLED": "true"}


class CommandLine(Served):
    """Commands act one after another on the same things, as in a session at a terminal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder = tempfile.TemporaryDirectory()
        for name, text in {"pass": PASS, "wait": WAIT, "fail": FAIL, "work": WORK, "map": MAP}.items():
            pathlib.Path(cls.folder.name, f"{name}.json").write_text(text)
        cls.before = os.environ.copy()
        os.environ.update(SETTINGS)
        cls.cli = create_clidriver()
        cls.operations = set(cls.cli.session.get_service_model("stepfunctions").operation_names)
        cls.called = set()

    @classmethod
    def tearDownClass(cls):
        os.environ.clear()
        os.environ.update(cls.before)
        cls.folder.cleanup()
        super().tearDownClass()

    def aws(self, command, code=0):
        """Runs `aws stepfunctions …`; a word that ends in `.json` names a file of the folder."""
        words = shlex.split(command)
        words = [f"file://{self.folder.name}/{word}" if word.endswith(".json") else word for word in words]
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            found = self.cli.main(["stepfunctions", *words, "--endpoint-url", self.endpoint, "--output", "json"])
        self.assertEqual(found, code, f"{command}: {err.getvalue()}")
        self.called.add(words[0].replace("-", ""))
        if code != 0:
            return err.getvalue()
        return json.loads(out.getvalue()) if out.getvalue().strip() else {}

    def test_every_command(self):
        self.activities()
        self.state_machines()
        self.executions()
        self.map_runs()
        self.versions_and_aliases()
        self.synchronous()
        self.clean_up()
        missing = {name for name in self.operations if name.lower() not in self.called}
        self.assertEqual(missing, set())

    def activities(self):
        activity = f"{ARN}:activity:my-activity"
        found = self.aws("create-activity --name my-activity --tags key=team,value=orders")
        self.assertEqual(found["activityArn"], activity)
        self.assertEqual(self.aws(f"describe-activity --activity-arn {activity}")["name"], "my-activity")
        self.assertEqual([a["name"] for a in self.aws("list-activities --max-items 1")["activities"]], ["my-activity"])
        self.aws(f"create-state-machine --name my-worker --definition work.json --role-arn {ROLE}")
        starts = f"start-execution --state-machine-arn {ARN}:stateMachine:my-worker --input '{{\"n\": 1}}'"
        first = self.aws(starts)["executionArn"]
        task = self.aws(f"get-activity-task --activity-arn {activity} --worker-name terminal")
        self.assertEqual(json.loads(task["input"]), {"n": 1})
        self.aws(f"send-task-heartbeat --task-token {task['taskToken']}")
        self.aws(f"send-task-success --task-token {task['taskToken']} --task-output '\"done\"'")
        self.assertEqual(self.ended(first)["output"], '"done"')
        second = self.aws(starts)["executionArn"]
        token = self.aws(f"get-activity-task --activity-arn {activity}")["taskToken"]
        self.aws(f"send-task-failure --task-token {token} --error Broken --cause 'It fell'")
        self.assertEqual(self.ended(second)["cause"], "It fell")
        said = self.aws("send-task-success --task-token nothing --task-output 1", code=255)
        self.assertIn("An error occurred (InvalidToken) when calling the SendTaskSuccess operation", said)

    def state_machines(self):
        arn = f"{ARN}:stateMachine:my-machine"
        found = self.aws("create-state-machine --name my-machine --definition wait.json "
                         f"--role-arn {ROLE} --tags key=team,value=orders")
        self.assertEqual(found["stateMachineArn"], arn)
        self.assertEqual(self.aws(f"describe-state-machine --state-machine-arn {arn}")["definition"], WAIT)
        self.assertEqual(len(self.aws("list-state-machines")["stateMachines"]), 2)
        self.aws(f"tag-resource --resource-arn {arn} --tags key=stage,value=test")
        self.aws(f"untag-resource --resource-arn {arn} --tag-keys team")
        tags = self.aws(f"list-tags-for-resource --resource-arn {arn}")["tags"]
        self.assertEqual(tags, [{"key": "stage", "value": "test"}])
        self.assertEqual(self.aws("validate-state-machine-definition --definition pass.json")["result"], "OK")
        said = self.aws(f"describe-state-machine --state-machine-arn {arn}-not", code=255)
        self.assertIn("(StateMachineDoesNotExist)", said)

    def executions(self):
        machine = f"{ARN}:stateMachine:my-machine"
        arn = self.aws(f"start-execution --state-machine-arn {machine} --name mine")["executionArn"]
        self.assertEqual(self.aws(f"describe-execution --execution-arn {arn}")["status"], "RUNNING")
        self.aws(f"stop-execution --execution-arn {arn} --error Enough --cause 'By hand'")
        listed = self.aws(f"list-executions --state-machine-arn {machine} --status-filter ABORTED")["executions"]
        self.assertEqual([one["name"] for one in listed], ["mine"])
        events = self.aws(f"get-execution-history --execution-arn {arn} --reverse-order --max-items 1")["events"]
        self.assertEqual([event["type"] for event in events], ["ExecutionAborted"])
        self.assertEqual(self.aws(f"describe-state-machine-for-execution --execution-arn {arn}")["name"], "my-machine")
        self.assertIn("redriveDate", self.aws(f"redrive-execution --execution-arn {arn}"))
        self.aws(f"stop-execution --execution-arn {arn}")

    def map_runs(self):
        self.aws(f"create-state-machine --name my-map --definition map.json --role-arn {ROLE}")
        start = f"start-execution --state-machine-arn {ARN}:stateMachine:my-map --input '[1, 2, 3]'"
        execution = self.aws(start)["executionArn"]
        runs = []
        while not runs:
            runs = self.aws(f"list-map-runs --execution-arn {execution}")["mapRuns"]
        run = runs[0]["mapRunArn"]
        self.aws(f"update-map-run --map-run-arn {run} --max-concurrency 2 --tolerated-failure-count 1")
        found = self.aws(f"describe-map-run --map-run-arn {run}")
        self.assertEqual((found["maxConcurrency"], found["toleratedFailureCount"]), (2, 1))
        self.assertEqual(found["itemCounts"]["total"], 3)
        self.aws(f"stop-execution --execution-arn {execution}")

    def versions_and_aliases(self):
        machine = f"{ARN}:stateMachine:my-machine"
        first = self.aws(f"publish-state-machine-version --state-machine-arn {machine} --description first")
        self.assertEqual(first["stateMachineVersionArn"], f"{machine}:1")
        self.aws(f"update-state-machine --state-machine-arn {machine} --definition pass.json --publish")
        listed = self.aws(f"list-state-machine-versions --state-machine-arn {machine}")["stateMachineVersions"]
        self.assertEqual([one["stateMachineVersionArn"] for one in listed], [f"{machine}:2", f"{machine}:1"])
        alias = self.aws("create-state-machine-alias --name PROD --routing-configuration "
                         f"stateMachineVersionArn={machine}:1,weight=90 stateMachineVersionArn={machine}:2,weight=10")
        arn = alias["stateMachineAliasArn"]
        self.aws(f"update-state-machine-alias --state-machine-alias-arn {arn} --routing-configuration "
                 f"stateMachineVersionArn={machine}:2,weight=100")
        found = self.aws(f"describe-state-machine-alias --state-machine-alias-arn {arn}")
        self.assertEqual(found["routingConfiguration"], [{"stateMachineVersionArn": f"{machine}:2", "weight": 100}])
        listed = self.aws(f"list-state-machine-aliases --state-machine-arn {machine}")["stateMachineAliases"]
        self.assertEqual([one["stateMachineAliasArn"] for one in listed], [arn])
        said = self.aws(f"delete-state-machine-version --state-machine-version-arn {machine}:2", code=255)
        self.assertIn("(ConflictException)", said)
        self.aws(f"delete-state-machine-alias --state-machine-alias-arn {arn}")
        self.aws(f"delete-state-machine-version --state-machine-version-arn {machine}:2")

    def synchronous(self):
        self.aws(f"create-state-machine --name my-express --type EXPRESS --definition fail.json --role-arn {ROLE}")
        found = self.aws(f"start-sync-execution --state-machine-arn {ARN}:stateMachine:my-express")
        self.assertEqual((found["status"], found["error"]), ("FAILED", "Sorry"))
        found = self.aws("test-state --definition '{\"Type\": \"Pass\", \"Next\": \"B\"}' --input '{\"a\": 1}' "
                         f"--role-arn {ROLE}")
        self.assertEqual((found["status"], json.loads(found["output"]), found["nextState"]), ("SUCCEEDED", {"a": 1}, "B"))

    def clean_up(self):
        self.aws(f"delete-state-machine --state-machine-arn {ARN}:stateMachine:my-express")
        self.aws(f"delete-activity --activity-arn {ARN}:activity:my-activity")
        self.assertIn("(ActivityDoesNotExist)",
                      self.aws(f"describe-activity --activity-arn {ARN}:activity:my-activity", code=255))


if __name__ == "__main__":
    unittest.main()
