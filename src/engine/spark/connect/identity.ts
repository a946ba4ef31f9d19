/** The fields that say in every request whose it is. */
export interface Identity {
  readonly sessionId: string;
  readonly clientType: string;
  readonly userContext: { readonly userId: string; readonly userName: string };
  readonly clientObservedServerSideSessionId?: string;
}
