// Large definitions, the same ones each time: for `bench-canvas` and for the tests.

/**
 * A definition with `count` states: a Choice state that leads to a dozen long flows or more,
 * with choices that skip ahead or lead back, Parallel and Map states, Retriers, Catchers.
 * @param {number} count
 */
export function largeDefinition(count) {
  const roll = dice(count);
  const flows = Math.max(1, Math.round(count / 80));
  const states = { Route: { Type: "Choice", Choices: [] } };
  for (let number = 1, left = count - 3; number <= flows; number += 1) {
    const size = number === flows ? left : Math.floor((count - 3) / flows);
    left -= size;
    const { StartAt, States } = flow(flows > 1 ? `${number}. ` : "", size, roll, 0);
    const last = Object.values(States).at(-1);
    delete last.End;
    last.Next = "Done";
    Object.assign(states, States);
    states.Route.Choices.push({ Variable: "$.kind", NumericEquals: number, Next: StartAt });
  }
  states.Route.Default = "Failed";
  states.Done = { Type: "Succeed" };
  states.Failed = { Type: "Fail", Error: "Failed", Cause: "A task gave up" };
  return { Comment: `${count} states`, StartAt: "Route", States: states };
}

const VERBS = ["Read", "Check", "Reserve", "Charge", "Notify", "Store", "Enrich", "Translate", "Archive", "Resize"];
const THINGS = ["order", "customer", "invoice", "parcel", "payment", "document", "picture", "report", "address", "stock"];

/** States that lead to each other, `count` of them with those inside of containers. */
function flow(prefix, count, roll, depth) {
  const states = {};
  const names = [];
  let left = count;
  while (left > 0) {
    const number = names.length + 1;
    const name = `${prefix}${VERBS[roll(10)]} ${THINGS[roll(10)]} ${number}`;
    names.push(name);
    left -= 1;
    const kind = roll(20);
    if (kind === 0 && left > 8 && depth < 2) {
      const each = Math.min(3 + roll(6), Math.floor(left / 2));
      states[name] = { Type: "Parallel", Branches: ["a", "b"].map((lane) => flow(`${name}${lane} `, each, roll, depth + 1)) };
      left -= 2 * each;
    } else if (kind === 1 && left > 6 && depth < 2) {
      const inside = Math.min(4 + roll(8), left);
      states[name] = { Type: "Map", ItemsPath: "$.items", MaxConcurrency: 4, ItemProcessor: flow(`${name} `, inside, roll, depth + 1) };
      left -= inside;
    } else if (kind < 6) {
      states[name] = { Type: "Choice", Choices: [] };
    } else if (kind < 8) {
      states[name] = { Type: "Wait", Seconds: 10 };
    } else if (kind < 11) {
      states[name] = { Type: "Pass", Result: { step: number } };
    } else {
      states[name] = {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke",
        Parameters: { FunctionName: `function-${number}`, "Payload.$": "$" },
        ResultPath: "$.result",
        Retry: [{ ErrorEquals: ["Lambda.TooManyRequestsException"], MaxAttempts: 3 }],
      };
      if (depth === 0 && roll(12) === 0) states[name].Catch = [{ ErrorEquals: ["States.ALL"], Next: "Failed" }];
    }
  }
  names.forEach((name, index) => {
    const state = states[name];
    const next = names[index + 1];
    if (state.Type === "Choice") {
      const ahead = names[Math.min(index + 2 + roll(4), names.length - 1)];
      const back = names[Math.max(0, index - 1 - roll(5))];
      state.Choices = [{ Variable: "$.count", NumericGreaterThan: 10, Next: index + 1 < names.length ? ahead : back }];
      if (roll(6) === 0) state.Choices.push({ Variable: "$.again", BooleanEquals: true, Next: back });
      if (next) state.Default = next;
      else Object.assign(state, { Type: "Pass", Choices: undefined, End: true });
    } else if (next) {
      state.Next = next;
    } else {
      state.End = true;
    }
  });
  return { StartAt: names[0], States: states };
}

/** Numbers below a bound, the same ones for the same seed. */
function dice(seed) {
  let state = (seed * 2654435761) >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
