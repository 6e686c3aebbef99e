"""Every operation through boto3, which knows the shapes of requests and answers."""
import datetime
import json
import threading
import unittest

from served import ARN, ROLE, Served

PASS = json.dumps({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}})
WAIT = json.dumps({"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 1000, "End": True}}})


def task(resource, **fields):
    return json.dumps({"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": resource, "End": True, **fields}}})


class Operations(Served):
    called = set()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sfn.meta.events.register("before-call", lambda model, **_: cls.called.add(model.name))

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        missing = set(cls.sfn.meta.service_model.operation_names) - cls.called
        assert not missing, f"never called: {sorted(missing)}"

    def test_state_machines(self):
        arn = self.create("machines", PASS)
        self.sfn.update_state_machine(stateMachineArn=arn, roleArn=ROLE + "2")
        found = self.sfn.describe_state_machine(stateMachineArn=arn)
        self.assertEqual((found["roleArn"], found["definition"]), (ROLE + "2", PASS))
        self.assertIsInstance(found["creationDate"], datetime.datetime)
        names = [m["name"] for page in self.sfn.get_paginator("list_state_machines").paginate(
            PaginationConfig={"PageSize": 1}) for m in page["stateMachines"]]
        self.assertIn("machines", names)
        self.assertEqual(self.sfn.validate_state_machine_definition(definition=PASS)["result"], "OK")
        self.sfn.delete_state_machine(stateMachineArn=arn)
        self.refused("StateMachineDoesNotExist", self.sfn.describe_state_machine, stateMachineArn=arn)
        self.refused("InvalidArn", self.sfn.describe_state_machine, stateMachineArn="x")
        self.refused("InvalidName", self.sfn.create_state_machine, name="a b", definition=PASS, roleArn=ROLE)

    def test_versions_and_aliases(self):
        arn = self.create("versions", PASS, publish=True)
        self.sfn.update_state_machine(stateMachineArn=arn, definition=PASS + " ")
        second = self.sfn.publish_state_machine_version(stateMachineArn=arn)["stateMachineVersionArn"]
        versions = self.sfn.list_state_machine_versions(stateMachineArn=arn)["stateMachineVersions"]
        self.assertEqual([v["stateMachineVersionArn"] for v in versions], [second, arn + ":1"])
        routes = [{"stateMachineVersionArn": arn + ":1", "weight": 50}, {"stateMachineVersionArn": second, "weight": 50}]
        alias = self.sfn.create_state_machine_alias(name="PROD", routingConfiguration=routes)["stateMachineAliasArn"]
        drawn = set()
        for _ in range(100):
            execution = self.sfn.start_execution(stateMachineArn=alias)["executionArn"]
            drawn.add(self.sfn.describe_execution(executionArn=execution)["stateMachineVersionArn"])
        self.assertEqual(drawn, {arn + ":1", second})
        self.refused("ConflictException", self.sfn.delete_state_machine_version, stateMachineVersionArn=second)
        self.sfn.update_state_machine_alias(stateMachineAliasArn=alias, routingConfiguration=[
            {"stateMachineVersionArn": arn + ":1", "weight": 100}])
        self.assertEqual(self.sfn.describe_state_machine_alias(stateMachineAliasArn=alias)["name"], "PROD")
        self.assertEqual(len(self.sfn.list_state_machine_aliases(stateMachineArn=arn)["stateMachineAliases"]), 1)
        self.sfn.delete_state_machine_version(stateMachineVersionArn=second)
        self.sfn.delete_state_machine_alias(stateMachineAliasArn=alias)

    def test_tags(self):
        arn = self.create("tags", PASS, tags=[{"key": "a", "value": "1"}])
        self.sfn.tag_resource(resourceArn=arn, tags=[{"key": "b", "value": "2"}])
        self.sfn.untag_resource(resourceArn=arn, tagKeys=["a"])
        self.assertEqual(self.sfn.list_tags_for_resource(resourceArn=arn)["tags"], [{"key": "b", "value": "2"}])

    def test_executions(self):
        arn = self.create("executions", WAIT)
        execution = self.sfn.start_execution(stateMachineArn=arn, name="e", input='{"a": 1}')["executionArn"]
        self.refused("ExecutionAlreadyExists", self.sfn.start_execution, stateMachineArn=arn, name="e")
        self.sfn.stop_execution(executionArn=execution, error="Enough")
        self.assertEqual(self.ended(execution)["error"], "Enough")
        found = self.sfn.describe_state_machine_for_execution(executionArn=execution)
        self.assertEqual(found["definition"], WAIT)
        pages = self.sfn.get_paginator("get_execution_history").paginate(
            executionArn=execution, PaginationConfig={"PageSize": 1})
        events = [event["type"] for page in pages for event in page["events"]]
        self.assertEqual(events, ["ExecutionStarted", "WaitStateEntered", "ExecutionAborted"])
        pages = self.sfn.get_paginator("list_executions").paginate(stateMachineArn=arn, statusFilter="ABORTED")
        self.assertEqual([e["name"] for page in pages for e in page["executions"]], ["e"])
        self.refused("InvalidExecutionInput", self.sfn.start_execution, stateMachineArn=arn, input="{")

    def test_redrive(self):
        execution = self.sfn.start_execution(stateMachineArn=self.create("redrive", PASS))["executionArn"]
        self.assertEqual(self.ended(execution)["redriveStatus"], "NOT_REDRIVABLE")
        self.refused("ExecutionNotRedrivable", self.sfn.redrive_execution, executionArn=execution)

    def test_activities_and_tokens(self):
        activity = self.sfn.create_activity(name="work")["activityArn"]
        self.assertEqual(self.sfn.describe_activity(activityArn=activity)["name"], "work")
        pages = self.sfn.get_paginator("list_activities").paginate()
        self.assertEqual([a["name"] for page in pages for a in page["activities"]], ["work"])
        taken = {}
        poll = threading.Thread(target=lambda: taken.update(
            self.client(inject_host_prefix=False).get_activity_task(activityArn=activity, workerName="me")))
        poll.start()
        arn = self.create("activities", task(activity, HeartbeatSeconds=60))
        first = self.sfn.start_execution(stateMachineArn=arn, input='{"n": 1}')["executionArn"]
        poll.join()
        self.assertEqual(json.loads(taken["input"]), {"n": 1})
        self.sfn.send_task_heartbeat(taskToken=taken["taskToken"])
        self.refused("InvalidOutput", self.sfn.send_task_success, taskToken=taken["taskToken"], output="{")
        self.sfn.send_task_success(taskToken=taken["taskToken"], output="2")
        self.assertEqual(self.ended(first)["output"], "2")
        self.refused("TaskTimedOut", self.sfn.send_task_success, taskToken=taken["taskToken"], output="2")
        self.refused("InvalidToken", self.sfn.send_task_success, taskToken="x", output="2")
        second = self.sfn.start_execution(stateMachineArn=arn)["executionArn"]
        token = self.sfn.get_activity_task(activityArn=activity)["taskToken"]
        self.sfn.send_task_failure(taskToken=token, error="E", cause="c")
        self.assertEqual(self.ended(second)["error"], "E")
        self.sfn.delete_activity(activityArn=activity)
        self.refused("ActivityDoesNotExist", self.sfn.describe_activity, activityArn=activity)

    def test_map_runs(self):
        execution = self.sfn.start_execution(stateMachineArn=self.create("maps", PASS))["executionArn"]
        self.assertEqual(self.sfn.list_map_runs(executionArn=execution)["mapRuns"], [])
        arn = f"{ARN}:mapRun:maps/label:id"
        self.refused("ResourceNotFound", self.sfn.describe_map_run, mapRunArn=arn)
        self.refused("ResourceNotFound", self.sfn.update_map_run, mapRunArn=arn, maxConcurrency=1)

    def test_synchronous_execution(self):
        arn = self.create("express", PASS, type="EXPRESS")
        found = self.sfn.start_sync_execution(stateMachineArn=arn, name="e", input='{"a":1}')
        self.assertEqual((found["status"], found["output"]), ("SUCCEEDED", '{"a":1}'))
        self.assertEqual(found["billingDetails"]["billedMemoryUsedInMB"], 64)
        standard = self.create("standard", PASS)
        self.refused("StateMachineTypeNotSupported", self.sfn.start_sync_execution, stateMachineArn=standard)

    def test_test_state(self):
        found = self.sfn.test_state(definition='{"Type": "Pass", "Result": 7, "Next": "B"}', inspectionLevel="DEBUG")
        self.assertEqual((found["output"], found["nextState"]), ("7", "B"))
        self.assertEqual(found["inspectionData"]["result"], "7")
        self.refused("ValidationException", self.sfn.test_state, definition='{"Type": "Succeed"}', mock={"result": "1"})

    def test_both_ways_around_the_host_prefix(self):
        # The prefix makes `sync-127.0.0.1`, which resolves nowhere; its Host is accepted.
        port = self.endpoint.rsplit(":", 1)[1]
        client = self.client(endpoint=f"http://127.0.0.1:{port}")

        def to_loopback(request, **_):
            self.assertTrue(request.url.startswith(f"http://sync-127.0.0.1:{port}"))
            request.headers["Host"] = f"sync-127.0.0.1:{port}"
            request.url = request.url.replace("sync-127.0.0.1", "127.0.0.1")

        client.meta.events.register("before-send", to_loopback)
        self.assertEqual(client.test_state(definition='{"Type": "Succeed"}')["status"], "SUCCEEDED")


if __name__ == "__main__":
    unittest.main()
