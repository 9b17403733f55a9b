/** The dashboard's words in English. */
import { counter } from "../../shared/words/english-program.ts";
import { englishReview } from "../../shared/words/english-review.ts";
import type { Formats } from "../../shared/words/format.ts";
import { englishLearning } from "./english-learning.ts";
import { englishSettings } from "./english-settings.ts";

/** Of milliseconds: "0.04", "12". */
export function short(ms: number): string {
  return ms < 0.01 ? "<0.01" : ms < 10 ? ms.toFixed(2) : String(Math.round(ms));
}

export function english(format: Formats) {
  const { number, percent, usd } = format;
  const count = counter(format);
  return {
    format,
    review: englishReview(format),
    nav: "Pages",
    overview: "Overview",
    live: "live",
    connecting: "connecting…",
    theme: "Colours",
    themes: { system: "As the system", light: "Light", dark: "Dark" },
    leave: "Close session",
    skip: "To the content",
    loading: "Loading…",
    notRead: (why: string) => `This cannot be shown now: ${why}`,
    unreachable: "the server does not answer. It is tried again when it is back.",
    locked: {
      title: "Open the dashboard from HAPA",
      why: "This browser has no session with the server, or the session is over. A link lets it in, once.",
      vscode: "In VS Code",
      vscodeHow: "Run the command “HAPA: Open Dashboard”.",
      server: "On a server",
      serverHow: "Start it with npm run serve: it prints a link. Later, a key makes another:",
      opening: "Opening…",
      failed: "The link did not work.",
    },
    health: {
      title: "Server",
      ok: "Working",
      degraded: "Not all of it works",
      stopping: "Stopping",
      unreachable: "No answer",
      rate: "Runs a second",
      rateLabel: (now: string, most: string) => `Runs a second in the last minute: ${now} now, ${most} at most`,
      runs: "Runs in all",
      failedRuns: "Failed",
      latency: "Latency p50 / p95",
      cache: "Cache hits",
      cacheHow: (hits: number, all: number) => `${number(hits)} of ${count(all, "answer")} came from the cache`,
      memory: "Memory",
      uptime: "Up for",
      engine: (engine: string, node: string) => `${engine} on Node ${node}`,
      asleep: "no program is running",
      model: (name: string) => `model ${name}`,
      offline: "offline: no model",
      megabytes: (mb: number) => `${number(Math.round(mb))} MB`,
    },
    duration: (seconds: number) => {
      const minutes = Math.floor(seconds / 60);
      if (minutes < 1) return `${Math.floor(seconds)} s`;
      if (minutes < 60) return `${minutes} min`;
      const hours = Math.floor(minutes / 60);
      if (hours < 48) return `${hours} h ${minutes % 60} min`;
      return `${number(Math.floor(hours / 24))} days`;
    },
    latencies: (ms: readonly number[]) => `${ms.map(short).join(" / ")} ms`,
    attention: {
      title: "Needs you",
      waiting: (n: number) => `${count(n, "output")} to judge`,
      judge: "Review",
      open: "Show",
    },
    tasks: {
      title: "Tasks",
      none: "No tasks yet. Make one in VS Code: “HAPA: Transform Selection”, or with POST /api/v1/tasks.",
      task: "Task",
      accuracy: "Accuracy",
      notJudged: "not judged yet",
      runs: "Runs",
      failed: "Failed",
      latency: "Latency",
      latencyHow: "median, and 95% are faster than",
      version: "Version",
      noVersion: "none",
      toJudge: "To judge",
    },
    accuracy: {
      title: "Accuracy",
      value: (value: number, n: number) => `${percent(value)} of ${count(n, "verdict")}`,
      between: (low: number, high: number) => `between ${percent(low)} and ${percent(high)}`,
      label: (value: number, low: number, high: number, n: number) =>
        `${percent(value)} right, between ${percent(low)} and ${percent(high)}, of ${count(n, "verdict")}`,
      target: (share: number) => `target ${percent(share)}`,
      chart: (points: number, versions: string) => `Accuracy over time, ${count(points, "point")}, ${versions}`,
      versions: (list: string) => `versions ${list}`,
      how: (target: number) =>
        `Runs chosen by chance and judged; bars: 95% intervals (Wilson; wider where only a model judged); dashed: the target, ${percent(target)}.`,
      model: (right: number, ofRight: number, wrong: number, ofWrong: number) =>
        `The model that judges called ${right} of ${count(ofRight, "right run")} right and ${wrong} of ${count(ofWrong, "wrong run")} wrong.`,
      modelUntried:
        "The model that judges has not been tried yet: its word alone leaves the interval as wide as it can be. Judge some runs yourself, or give labelled rows.",
      table: "As a table",
      when: "When",
      version: "Version",
      share: "Right",
      interval: "95% interval",
      verdicts: "Verdicts",
      none: "No run was judged yet. Judge some in the review queue, or let a model judge.",
      byClass: "By expected output",
      byVersion: "By version",
      output: "Output",
    },
    rates: {
      failed: "Failed",
      timedOut: "Timed out",
      abstained: "Gave nothing",
      latency: "Latency p50 / p95 / p99",
    },
    inputs: {
      title: "Inputs",
      learning: (seen: number) => `Learning what is usual (${number(seen)} seen)`,
      accept: "These are usual now",
      usual: (seen: number) => `As usual (${number(seen)} seen)`,
      changed: (ago: string) => `Changed ${ago}`,
    },
    change: {
      title: "Accuracy trend",
      learning: "Too few verdicts to tell",
      steady: "Steady",
      worse: (ago: string) => `Fell ${ago}`,
    },
    ...englishLearning(format),
    settings: englishSettings(format),
    task: {
      description: "Description",
      rollBack: "Roll back to the version before",
      gone: "There is no such task (any more).",
      numbers: "Numbers",
      version: (n: number) => `version ${n} runs`,
      noVersion: "no version runs",
      spared: (n: number) => `${count(n, "model call")} avoided`,
      cost: (amount: number) => `programs cost ${usd(amount)}`,
    },
    ledger: {
      title: "What programs spared",
      calls: "Model calls avoided",
      callsHow: (n: number) =>
        `Every run that gave an output counts as one call that a model would have been asked otherwise: ${number(n)}.`,
      money: "Money saved",
      noPrices: "set prices",
      moneyHow: (prompt: string, promptPrice: string, completion: string, completionPrice: string, spent: string) =>
        `${prompt} tokens in × ${promptPrice} + ${completion} tokens out × ${completionPrice} per million, less ${spent} that models cost so far.`,
      tokensHow:
        "Tokens are estimated: one for four bytes of the task's description, the input and the output, by the newest runs.",
      time: "Time saved",
      timeHow: (calls: string, seconds: string, own: string) =>
        `${calls} calls × ${seconds} s that a model takes for one, less ${own} that the programs took.`,
      how: "How it is computed",
      prices: (model: string) => `Prices of ${model}, from the settings.`,
      ownPrices: "Prices as you set them here.",
      noPricesHow: "No prices are set in HAPA's settings. Enter those of the model you would ask otherwise.",
      promptPrice: "USD per million tokens in",
      completionPrice: "USD per million tokens out",
      seconds: "Seconds a model takes for one call",
      made: (calls: number, cost: string) => `Models were asked ${number(calls)} times all the same, for ${cost}.`,
    },
    feed: {
      title: "What happened",
      none: "Nothing yet.",
      "task.created": "task made",
      "task.changed": "task changed",
      "task.deleted": "task deleted",
      "artifact.created": (version: string) => `version ${version} made`,
      "artifact.activated": (version: string) =>
        version === "" ? "no version runs any more" : `version ${version} runs`,
      "improvement.started": "a better version is being made",
      "improvement.ended": (outcome: string) => `improvement: ${outcome}`,
      "rollout.started": "rollout started",
      "rollout.stage": (stage: string) => `rollout: stage ${stage}`,
      "rollout.paused": "rollout paused",
      "rollout.resumed": "rollout goes on",
      "rollout.promoted": "rolled out: the new version runs",
      "rollout.rolled_back": "rolled back: the old version stays",
      "rollout.undecided": "rollout without a difference: please decide",
      other: (type: string) => type,
    },
    reviewPage: {
      done: (n: number) => `${number(n)} judged in this sitting`,
      pace: (perMinute: number) => `${number(Math.round(perMinute))} a minute`,
      mayNot: "Your key may look, but not judge.",
    },
  };
}
