call epochzero#DefineForALE('json')
