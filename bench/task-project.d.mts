/** A project of task files in a row, one task in each. */

export const ROOT: string;
export function layOut(name: string, tasks: number, options?: object): string;
export function taskFile(number: number): string;
export function taskSource(number: number, tasks: number, short?: boolean): string;
