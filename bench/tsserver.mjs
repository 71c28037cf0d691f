/** A real tsserver, asked over stdio as editors ask it: for measuring and for tests. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const MODULES = new URL("../node_modules/", import.meta.url);
const HEAD_END = "\r\n\r\n";

/** A server of one of the installed compilers, by its package's name. */
export class TsServer {
  #child;
  #asked = 0;
  #answers = new Map();
  #rest = Buffer.alloc(0);

  constructor(compiler = "typescript") {
    const script = fileURLToPath(new URL(`${compiler}/lib/tsserver.js`, MODULES));
    this.#child = spawn(process.execPath, [script, "--disableAutomaticTypingAcquisition"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#child.stdout.on("data", (bytes) => this.#take(bytes));
    this.#child.on("exit", (code) => {
      for (const { reject } of this.#answers.values()) reject(new Error(`tsserver has ended with ${code}`));
    });
  }

  /** The body of the answer; rejects with what the server says went wrong. */
  ask(command, parameters) {
    const seq = this.tell(command, parameters);
    return new Promise((resolve, reject) => this.#answers.set(seq, { resolve, reject }));
  }

  /** For commands that are not answered. */
  tell(command, parameters) {
    const seq = ++this.#asked;
    this.#child.stdin.write(`${JSON.stringify({ seq, type: "request", command, arguments: parameters })}\n`);
    return seq;
  }

  /** Opens a file, or replaces its text. */
  write(file, text) {
    return this.ask("updateOpen", { openFiles: [{ file, fileContent: text }] });
  }

  /** What is shown in a file. */
  diagnostics(file) {
    return this.ask("semanticDiagnosticsSync", { file });
  }

  async close() {
    this.#child.stdin.end();
    if (this.#child.exitCode === null) await once(this.#child, "exit");
  }

  async [Symbol.asyncDispose]() {
    await this.close();
  }

  #take(bytes) {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (;;) {
      const head = this.#rest.indexOf(HEAD_END);
      if (head < 0) return;
      const start = head + HEAD_END.length;
      const end = start + Number(/Content-Length: (\d+)/.exec(this.#rest.toString("utf8", 0, head))[1]);
      if (this.#rest.length < end) return;
      const message = JSON.parse(this.#rest.toString("utf8", start, end));
      this.#rest = this.#rest.subarray(end);
      const waiting = message.type === "response" ? this.#answers.get(message.request_seq) : undefined;
      this.#answers.delete(message.request_seq);
      if (message.success) waiting?.resolve(message.body);
      else waiting?.reject(new Error(message.message));
    }
  }
}
