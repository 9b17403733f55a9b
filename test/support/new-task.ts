/** A task that the offline generator learns at once; none of its executions are sampled. */
export const newTask = {
  name: "names",
  description: "",
  language: "javascript" as const,
  examples: [
    { input: "Lovelace, Ada", output: "Ada Lovelace" },
    { input: "Hopper, Grace", output: "Grace Hopper" },
    { input: "Turing, Alan", output: "Alan Turing" },
  ],
  accuracyTarget: 0.9,
  latencyTargetMs: 10,
  samplingRate: 0,
};
