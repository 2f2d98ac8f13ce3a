call epochzero#DefineForALE('yaml')
