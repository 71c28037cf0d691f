/** The program transformer of ts-patch. */
declare function transform<Program extends object>(
  program: Program,
  host: object | undefined,
  config: { readonly outDir?: string },
  extras: { readonly ts: object },
): Program;
export = transform;
