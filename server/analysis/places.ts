/** Where a finding about something that is not there stands. */
import type { Site } from "../../grammar/text.ts";
import type { ConfigItem } from "../model/node/items.ts";
import type { Note } from "./finding.ts";

/**
 * The brace that ends a block: there keepalived notices that the block lacks something, and the line of its message is this
 * one. A block without it is marked at its keyword.
 */
export const endOf = ({ close, keyword }: ConfigItem): Site => close ?? keyword.site;

/** The other end, for findings at `endOf`. */
export const beginsHere = ({ close, keyword }: ConfigItem): readonly Note[] =>
  close === undefined ? [] : [{ message: "the block begins here", at: keyword.site }];
