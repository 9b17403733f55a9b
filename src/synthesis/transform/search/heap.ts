/** A binary heap: the cheapest first. */
export interface Heap<T> {
  push(item: T): void;
  pop(): T | undefined;
}

export function createHeap<T extends { readonly cost: number }>(): Heap<T> {
  const heap: T[] = [];
  const costAt = (i: number): number => heap[i]?.cost ?? Number.POSITIVE_INFINITY;
  const swap = (a: number, b: number): void => {
    const [x, y] = [heap[a], heap[b]];
    if (x && y) [heap[a], heap[b]] = [y, x];
  };
  return {
    push(item) {
      let i = heap.push(item) - 1;
      while (i > 0 && costAt((i - 1) >> 1) > costAt(i)) {
        swap(i, (i - 1) >> 1);
        i = (i - 1) >> 1;
      }
    },
    pop() {
      const top = heap[0];
      const last = heap.pop();
      if (heap.length > 0 && last) {
        heap[0] = last;
        for (let i = 0; ; ) {
          const child = costAt(2 * i + 1) <= costAt(2 * i + 2) ? 2 * i + 1 : 2 * i + 2;
          if (costAt(child) >= costAt(i)) break;
          swap(i, child);
          i = child;
        }
      }
      return top;
    },
  };
}
