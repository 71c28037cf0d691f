/** The plugin of tsserver, which is called with tsserver's own compiler. */
declare function init(modules: { readonly typescript: object }): { create(info: object): object };
export = init;
