/** What the extension and the page of a view say to each other. Both sides import it, so it imports nothing but shapes. */
import type { FailoverTone } from "../../server/lsp/custom.ts";

/** A text to jump from, where it has a key. */
export interface Jump {
  readonly text: string;
  readonly part?: string;
}

export interface GraphBody {
  readonly kind: "graph";
  /** Parts to jump from carry their key in `data-part`. */
  readonly svg: string;
  readonly summary: string;
  readonly findings: readonly {
    readonly number: number;
    readonly severity: "error" | "warning" | "info";
    readonly rule: string;
    readonly message: string;
    readonly where: Jump;
  }[];
}

export interface FailoverBody {
  readonly kind: "failover";
  readonly summary: string;
  readonly courses: readonly {
    readonly addresses: readonly Jump[];
    readonly rows: readonly {
      readonly failure: Jump;
      readonly tone: FailoverTone;
      readonly held: string;
      readonly meanwhile: string;
      readonly afterwards: string;
      readonly remarks: readonly string[];
    }[];
  }[];
}

/** Nothing can be shown: what it is, what to do, and a button for it. */
export interface EmptyBody {
  readonly kind: "empty";
  readonly title: string;
  readonly help: string;
  readonly action?: { readonly label: string; readonly name: PageAction };
}

export type PageAction = "openFolder" | "restart" | "output";

/** The whole content of a page; the next one replaces it. */
export interface Content {
  readonly cluster?: string;
  /** All of them; a choice is offered where there are several. */
  readonly clusters: readonly string[];
  /** Somebody chose it: it does not follow the editor. */
  readonly chosen: boolean;
  readonly body: GraphBody | FailoverBody | EmptyBody;
}

export type FromPage =
  | { readonly kind: "ready" }
  | { readonly kind: "jump"; readonly part: string }
  | { readonly kind: "explain"; readonly rule: string }
  /** Without a name, the cluster of the editor again. */
  | { readonly kind: "choose"; readonly cluster?: string }
  | { readonly kind: "action"; readonly name: PageAction };
