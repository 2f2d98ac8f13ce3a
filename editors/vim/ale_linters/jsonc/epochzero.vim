call epochzero#DefineForALE('jsonc')
