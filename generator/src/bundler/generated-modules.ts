/** Tells generated modules by their names, as build tools see them. */

/** What a specifier looks like that means a generated module. */
export const importsGenerated: RegExp = /\.cano(?:\.[cm]?[jt]s)?$/;

/** What the path of a generated module looks like, with a query behind it or without. */
export const isGeneratedModule: RegExp = /\.cano\.[cm]?ts(?:\?|$)/;
