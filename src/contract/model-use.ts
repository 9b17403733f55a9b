/** What a model is asked for; the person may choose another one for each. `generation`: programs and code. */
export const modelUses = ["chat", "generation", "completion", "judge"] as const;
export type ModelUse = (typeof modelUses)[number];
