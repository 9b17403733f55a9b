/** How much around the cursor a model is shown, in characters: the end of what stands before, the start of what follows. */
export const maxPrefix = 8_000;
export const maxSuffix = 2_000;
