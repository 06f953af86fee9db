// The way to the compiled checker: one worker, and what is waiting for its answer.

/** After this long a check is stopped. */
const PATIENCE = 30_000;
/** A worker whose memory has grown beyond this is not kept. */
const MEMORY = 256 * 1024 * 1024;

/** The checker in a worker of its own; started when first asked, started again after a fault. */
export class Checker {
  constructor({ worker, module, plain, knowledge }) {
    this.script = worker;
    this.addresses = { module, plain, knowledge };
    this.waiting = new Map();
    this.count = 0;
  }

  /** Has a source judged and answers with what is wanted of it; fails with `trap`, `slow` or `load`. */
  ask(source, want, detail) {
    this.start();
    const id = ++this.count;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.stop("slow"), PATIENCE);
      this.waiting.set(id, { resolve, reject, timer });
      this.worker.postMessage({ id, addresses: this.addresses, source, want, detail });
    });
  }

  start() {
    if (this.worker) return;
    const worker = (this.worker = new Worker(this.script));
    worker.addEventListener("message", ({ data }) => {
      if (data.fault) return this.stop(data.fault);
      const asked = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      clearTimeout(asked?.timer);
      asked?.resolve(data.answer);
      if (data.memory > MEMORY && this.waiting.size === 0) this.stop("memory");
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.stop("load");
    });
  }

  stop(fault) {
    this.worker?.terminate();
    this.worker = undefined;
    for (const { reject, timer } of this.waiting.values()) {
      clearTimeout(timer);
      reject(new Error(fault));
    }
    this.waiting.clear();
  }
}
