/** As much of a web socket as it takes to hear what Vite's dev server tells a page. Node 20 has none of its own. */

import { request } from "node:http";
import type { Socket } from "node:net";

/** What a page is told. */
export interface Told {
  readonly type: string;
  readonly err?: { readonly message: string; readonly stack: string; readonly id?: string };
}

/** A page, as far as the dev server knows. */
export class Page implements Disposable {
  private readonly messages: Told[] = [];
  private wake: () => void = () => undefined;
  private rest: Buffer = Buffer.alloc(0);

  private constructor(private readonly socket: Socket) {
    socket.on("data", (data) => {
      this.rest = Buffer.concat([this.rest, data]);
      for (let frame = this.takeFrame(); frame !== undefined; frame = this.takeFrame())
        this.messages.push(JSON.parse(frame) as Told);
      this.wake();
    });
  }

  /** Opens a page of the dev server at `url`, which gives its client a token. */
  static async open(url: string): Promise<Page> {
    const client = await (await fetch(`${url}@vite/client`)).text();
    const token = /wsToken = "([^"]+)"/.exec(client)?.[1] ?? "";
    const asked = request(`${url}?token=${token}`, {
      headers: {
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": Buffer.from("sixteen bytes...").toString("base64"),
        "sec-websocket-protocol": "vite-hmr",
      },
    });
    const socket = await new Promise<Socket>((upgraded, failed) => {
      asked.on("upgrade", (_, opened) => {
        upgraded(opened);
      });
      asked.on("error", failed);
      asked.end();
    });
    return new Page(socket);
  }

  /** The next thing that it is told, greetings aside. */
  async next(): Promise<Told> {
    for (;;) {
      const message = this.messages.shift();
      if (message && message.type !== "connected" && message.type !== "ping") return message;
      if (!message) await new Promise<void>((wake) => (this.wake = wake));
    }
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }

  /** A server's frames are not masked, and Vite's are not cut into pieces. */
  private takeFrame(): string | undefined {
    const { rest } = this;
    if (rest.length < 2) return undefined;
    const short = rest.readUInt8(1);
    const start = short === 127 ? 10 : short === 126 ? 4 : 2;
    if (rest.length < start) return undefined;
    const length = short === 127 ? Number(rest.readBigUInt64BE(2)) : short === 126 ? rest.readUInt16BE(2) : short;
    if (rest.length < start + length) return undefined;
    this.rest = rest.subarray(start + length);
    return rest.subarray(start, start + length).toString();
  }
}
