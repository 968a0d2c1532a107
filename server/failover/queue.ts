/** Events in the order of their time; those of one time in the order they were planned. */

export interface PlannedEvent {
  readonly at: number;
  readonly run: () => void;
  cancelled: boolean;
}

export interface EventQueue {
  readonly plan: (at: number, run: () => void) => PlannedEvent;
  /** Takes the first event out that is due by then. */
  readonly next: (until: number) => PlannedEvent | undefined;
}

interface Entry {
  readonly event: PlannedEvent;
  readonly order: number;
}

const before = (a: Entry, b: Entry): boolean => a.event.at < b.event.at || (a.event.at === b.event.at && a.order < b.order);

export const createQueue = (): EventQueue => {
  const heap: Entry[] = [];
  let order = 0;
  const swap = (a: number, b: number): void => {
    [heap[a], heap[b]] = [heap[b]!, heap[a]!];
  };
  const pop = (): void => {
    const last = heap.pop()!;
    if (heap.length === 0) return;
    heap[0] = last;
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (left < heap.length && before(heap[left]!, heap[least]!)) least = left;
      if (right < heap.length && before(heap[right]!, heap[least]!)) least = right;
      if (least === at) return;
      swap(at, least);
      at = least;
    }
  };
  return {
    plan: (at, run) => {
      const event: PlannedEvent = { at, run, cancelled: false };
      heap.push({ event, order: order++ });
      for (let child = heap.length - 1; child > 0;) {
        const parent = (child - 1) >> 1;
        if (!before(heap[child]!, heap[parent]!)) break;
        swap(child, parent);
        child = parent;
      }
      return event;
    },
    next: (until) => {
      while (heap.length > 0 && heap[0]!.event.cancelled) pop();
      const first = heap[0]?.event;
      if (first === undefined || first.at > until) return undefined;
      pop();
      return first;
    },
  };
};
