/**
 * Words of old documents and other products that no release from 1.2.1 on knows, with what is meant today. They are not
 * rows: the daemon has never taken them in these releases (keepalived v1.2.1 to v2.4.3, searched at every tag).
 */
export interface FormerWord {
  readonly by: string;
  readonly note: string;
}

const words: Readonly<Record<string, FormerWord>> = {
  lvs_id: { by: "router_id", note: "lvs_id of 1.1 documents is router_id" },
  lvs_sync_daemon_inteface: { by: "lvs_sync_daemon", note: "the misspelt word of old samples is lvs_sync_daemon in global_defs" },
};

/** What a word of old documents is called today; undefined for any other word. */
export const formerWord = (word: string): FormerWord | undefined => (Object.hasOwn(words, word) ? words[word] : undefined);
