/** What needs the YAML parser: a bundle of its own (`dist/task-files.cjs`), loaded when the first task file is met. */
export { readTaskFile } from "./read.ts";
export { writeName, writeTaskFile } from "./write.ts";
