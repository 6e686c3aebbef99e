"""A `statelab serve` for a test, and boto3 clients of it."""
import os
import pathlib
import subprocess
import unittest

import boto3
from botocore.config import Config

ACCOUNT = "123456789012"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/r"
ARN = f"arn:aws:states:us-east-1:{ACCOUNT}"
BINARY = os.environ.get("STATELAB", pathlib.Path(__file__).parents[2] / "target/debug/statelab")


class Served(unittest.TestCase):
    """Starts the command once for the class; `self.sfn` is a client."""

    arguments = []

    @classmethod
    def setUpClass(cls):
        cls.process = subprocess.Popen(
            [BINARY, "serve", "--port", "0", "--quiet", *cls.arguments], stdout=subprocess.PIPE, text=True)
        cls.endpoint = cls.process.stdout.readline().split()[-1]
        cls.sfn = cls.client(inject_host_prefix=False)

    @classmethod
    def tearDownClass(cls):
        cls.process.terminate()
        code = cls.process.wait(timeout=20)
        cls.process.stdout.close()
        assert code == 0, code

    @classmethod
    def client(cls, endpoint=None, **options):
        config = Config(retries={"total_max_attempts": 1}, read_timeout=100, **options)
        return boto3.client("stepfunctions", endpoint_url=endpoint or cls.endpoint, region_name="us-east-1",
                            aws_access_key_id="any", aws_secret_access_key="any", config=config)

    def create(self, name, definition, **more):
        return self.sfn.create_state_machine(
            name=name, definition=definition, roleArn=ROLE, **more)["stateMachineArn"]

    def ended(self, execution):
        """Waits for the end of an execution, as a waiter does."""
        while True:
            found = self.sfn.describe_execution(executionArn=execution)
            if found["status"] != "RUNNING":
                return found

    def refused(self, code, call, **request):
        with self.assertRaises(self.sfn.exceptions.ClientError) as caught:
            call(**request)
        self.assertEqual(caught.exception.response["Error"]["Code"], code)
        return caught.exception.response
