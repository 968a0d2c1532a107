import { describe, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { pathOfUri, positionsIn, uriOfPath } from "../../server/lsp/convert.ts";

const text = "a é\r\n主 😀 x\n\rlone\rend\r\n\r\n# \udcd6\udcd0 y";

describe("positions", () => {
  it("in UTF-16 are those of the protocol library, for every offset", () => {
    const document = TextDocument.create("file:///x", "keepalived", 1, text);
    const { range, span } = positionsIn(text, "utf-16");
    for (let offset = 0; offset <= text.length; offset++) {
      const position = document.positionAt(offset);
      expect(range({ start: offset, end: offset }).start, `offset ${offset}`).toEqual(position);
      expect(span({ start: position, end: position }).start).toBe(document.offsetAt(position));
    }
  });

  it("in UTF-8 count bytes, one for a byte that is no UTF-8", () => {
    const { range, span } = positionsIn(text, "utf-8");
    const x = text.indexOf("x");
    expect(range({ start: x, end: x + 1 })).toEqual({ start: { line: 1, character: 9 }, end: { line: 1, character: 10 } });
    const y = text.indexOf("y");
    expect(range({ start: y, end: y + 1 }).start.character).toBe(5);
    for (const offset of [0, 2, 3, x, y, text.length])
      expect(span(range({ start: offset, end: offset }))).toEqual({ start: offset, end: offset });
  });

  it("outside of the text are its nearest ones", () => {
    const { range, span } = positionsIn("ab\ncd", "utf-16");
    expect(range({ start: -1, end: 99 })).toEqual({ start: { line: 0, character: 0 }, end: { line: 1, character: 2 } });
    expect(span({ start: { line: 0, character: 99 }, end: { line: 99, character: 0 } })).toEqual({ start: 2, end: 5 });
  });
});

describe("URIs", () => {
  it.each(["/srv/db 1/keepalived.conf", "/srv/Büro/主/keepalived.conf", "/srv/100%/a#b?c.conf", "/srv/😀.conf"])(
    "come back as the path they were: %s",
    (path) => {
      expect(uriOfPath(path)).toMatch(/^file:\/\/\/[\x21-\x7e]+$/u);
      expect(pathOfUri(uriOfPath(path))).toBe(path);
    },
  );

  it.each(["untitled:Untitled-1", "git:/srv/keepalived.conf?x", "file://host/share/x", "file:///a%2Fb", "file:///%ff", "file:///%", ""])(
    "that name no file are none: %s",
    (uri) => {
      expect(pathOfUri(uri)).toBeUndefined();
    },
  );
});
