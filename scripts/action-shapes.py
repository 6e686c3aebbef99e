#!/usr/bin/env python3
"""Makes the shapes of what actions answer from the models that AWS publishes.

    pip download botocore --no-deps
    scripts/action-shapes.py botocore-*.whl > src/native/serve/action-shapes.json

`TestState` holds mocked results against them. Taken are the optimised integrations and all
actions of some much used services behind `aws-sdk:`. Only what is checked is kept: types,
lengths, ranges, enumerations, required members.
"""
import gzip
import json
import re
import sys
import zipfile

# The service behind `aws-sdk:`, and the folder of its model.
SDK = {
    "dynamodb": "dynamodb", "eventbridge": "events", "kms": "kms", "lambda": "lambda", "s3": "s3",
    "secretsmanager": "secretsmanager", "sfn": "stepfunctions", "sns": "sns", "sqs": "sqs",
    "ssm": "ssm", "sts": "sts",
}
# The optimised integrations: name, folder of the model, operations.
OPTIMISED = [
    ("athena", "athena", ["StartQueryExecution", "StopQueryExecution", "GetQueryExecution", "GetQueryResults"]),
    ("batch", "batch", ["SubmitJob"]),
    ("bedrock", "bedrock-runtime", ["InvokeModel"]),
    ("bedrock", "bedrock", ["CreateModelCustomizationJob"]),
    ("codebuild", "codebuild", ["StartBuild", "StopBuild", "BatchDeleteBuilds", "BatchGetReports",
                                "StartBuildBatch", "StopBuildBatch", "RetryBuildBatch", "DeleteBuildBatch"]),
    ("databrew", "databrew", ["StartJobRun"]),
    ("dynamodb", "dynamodb", ["GetItem", "PutItem", "UpdateItem", "DeleteItem"]),
    ("ecs", "ecs", ["RunTask"]),
    ("eks", "eks", ["CreateCluster", "DeleteCluster", "CreateFargateProfile", "DeleteFargateProfile",
                    "CreateNodegroup", "DeleteNodegroup"]),
    ("emr-containers", "emr-containers", ["CreateVirtualCluster", "DeleteVirtualCluster", "StartJobRun"]),
    ("emr-serverless", "emr-serverless", ["CreateApplication", "StartApplication", "StopApplication",
                                          "DeleteApplication", "StartJobRun", "CancelJobRun"]),
    ("events", "events", ["PutEvents"]),
    ("glue", "glue", ["StartJobRun"]),
    ("lambda", "lambda", ["Invoke"]),
    ("mediaconvert", "mediaconvert", ["CreateJob"]),
    ("sagemaker", "sagemaker", ["CreateEndpoint", "CreateEndpointConfig", "CreateHyperParameterTuningJob",
                                "CreateLabelingJob", "CreateModel", "CreateProcessingJob",
                                "CreateTrainingJob", "CreateTransformJob", "UpdateEndpoint"]),
    ("sns", "sns", ["Publish"]),
    ("sqs", "sqs", ["SendMessage"]),
    ("states", "stepfunctions", ["StartExecution", "StartSyncExecution"]),
]
# The optimised integration hands on what a function or a model gives as it is.
FREE = {("lambda", "InvocationResponse", "Payload"), ("bedrock-runtime", "InvokeModelResponse", "body")}
# Learned from recordings: the service checks with a model that is older than the published one.
OLDER = {("lambda", "MemorySize"): {"max": 10240}}

wheel = zipfile.ZipFile(sys.argv[1])
models, shapes, places, actions = {}, [], {}, {}


def model(folder):
    if folder not in models:
        pattern = re.compile(rf"botocore/data/{folder}/[^/]+/service-2\.json(\.gz)?$")
        data = wheel.read(sorted(name for name in wheel.namelist() if pattern.match(name))[-1])
        models[folder] = json.loads(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)
    return models[folder]


def put(shape):
    key = json.dumps(shape)
    if key not in places:
        places[key] = len(shapes)
        shapes.append(shape)
    return places[key]


def pascal(name):
    return name[0].upper() + name[1:]


def add(folder, name, optimised, around=()):
    shape = {**model(folder)["shapes"][name], **OLDER.get((folder, name), {})}
    kind = shape["type"]
    if name in around or shape.get("document"):
        return put(["a"])
    inner = lambda member: add(folder, member["shape"], optimised, around + (name,))
    if kind == "structure":
        free = lambda key: optimised and (folder, name, key) in FREE
        members = {pascal(key): put(["a"]) if free(key) else inner(member) for key, member in shape["members"].items()}
        return put(["S", members, [pascal(key) for key in shape.get("required", [])]])
    if kind == "list":
        return put(["L", inner(shape["member"])])
    if kind == "map":
        return put(["M", inner(shape["value"])])
    if kind in ("integer", "long", "float", "double"):
        return put(["n", shape.get("min"), shape.get("max")])
    if kind == "boolean":
        return put(["b"])
    if "enum" in shape:
        return put(["s", 0, 0, shape["enum"]])
    return put(["s", shape.get("min", 0), shape.get("max", 0)])


def action(prefix, folder, operation, optimised):
    output = model(folder)["operations"][operation].get("output")
    if output:
        name = operation[0].lower() + operation[1:]
        actions[f"{prefix}:{name}"] = add(folder, output["shape"], optimised)


for name, folder in SDK.items():
    for operation in model(folder)["operations"]:
        action(f"aws-sdk:{name}", folder, operation, False)
for name, folder, operations in OPTIMISED:
    for operation in operations:
        action(name, folder, operation, True)
print(json.dumps({"actions": actions, "shapes": shapes}, separators=(",", ":")))
