/** Stratified folds: every label is spread over them as evenly as it goes. Cases are different inputs, so none is in two. */
import { shuffled } from "./softmax.ts";

/** The fold of each case, 0 to `folds` - 1; the same every time. */
export function foldsOf(classes: Int32Array, folds: number): Int32Array {
  const fold = new Int32Array(classes.length);
  const byClass = new Map<number, number[]>();
  for (const i of shuffled(classes.length)) {
    const list = byClass.get(classes[i] ?? 0);
    if (list) list.push(i);
    else byClass.set(classes[i] ?? 0, [i]);
  }
  let next = 0;
  for (const list of byClass.values()) for (const i of list) fold[i] = next++ % folds;
  return fold;
}

/** How many folds suit so many cases: few cases can spare less. */
export function foldCount(cases: number): number {
  return cases <= 200 ? 10 : 5;
}
