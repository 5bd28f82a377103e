"""Cases for the bounds of means, shares and accuracies: tests/Bench.Analysis.Tests/Data/cases/mean-bound.json.

Student's t, Clopper and Pearson's bounds and the root of Tango's score are SciPy's. The bound of MeanBound is written here a second time, from its
definition, in another language. Run with SciPy 1.10 or later: python3 make_bounds.py > mean-bound.json
"""
import json, math
import numpy as np
import scipy.stats as st

def upper(d, conf, cap=1.0):
    d=[float(x) for x in d]; n=len(d)
    if n<2: return math.inf
    if min(d)==max(d): return d[0]
    q=float(st.t.ppf(conf,n-1))
    m=math.fsum(d)/n
    t=m+q*math.sqrt(math.fsum((x-m)**2 for x in d)/((n-1)*n))
    o=sorted(d); first,second=o[-1],o[-2]
    worst=max(first,min(cap,2*first-second))
    a=d+[worst]; N=n+1; M=math.fsum(a)/N
    r=max(abs(x-M) for x in a); e=[(x-M)/r for x in a]      # scaled against underflow
    s2=math.fsum(x*x for x in e); s3=math.fsum(x**3 for x in e)
    skew=(s3/N)/(s2/N)**1.5
    se=r*math.sqrt(s2/(n*N))                                 # n = N-1
    w=M+se*(q+(q*q-1)/3*max(0.0,skew)/math.sqrt(N))
    return max(t,w)
def interval(d,conf,cap=1.0): return -upper([-x for x in d],conf,cap)+0.0,upper(d,conf,cap)
def tint(d,conf):
    n=len(d); m=np.mean(d); h=st.t.ppf(conf,n-1)*np.std(d,ddof=1)/math.sqrt(n); return m-h,m+h
def p_below(d, a, cap=1.0):
    """One-sided p-value of H0: mean >= a against mean < a; p <= 1-conf  <=>  upper(d,conf) <= a (for conf>=0.5)."""
    d=[float(x) for x in d]; n=len(d)
    if n<2: return 1.0
    if min(d)==max(d): return 0.0 if d[0]<=a else 1.0
    m=math.fsum(d)/n; se0=math.sqrt(math.fsum((x-m)**2 for x in d)/((n-1)*n)); q0=(a-m)/se0
    o=sorted(d); worst=max(o[-1],min(cap,2*o[-1]-o[-2])); b=d+[worst]; N=n+1; M=math.fsum(b)/N
    r=max(abs(x-M) for x in b); e=[(x-M)/r for x in b]; s2=math.fsum(x*x for x in e); s3=math.fsum(x**3 for x in e)
    k=max(0.0,(s3/N)/(s2/N)**1.5)/math.sqrt(N); T=(a-M)/(r*math.sqrt(s2/(n*N)))
    c=k/3; disc=1+4*c*(c+T)
    if disc<0: return 1.0
    q1=2*(c+T)/(1+math.sqrt(disc))        # stable root of c q^2 + q - (c+T) = 0
    return float(st.t.sf(min(q0,q1),n-1))

def score(b,c,n,D):   # b loss (first only right), c gain ; D true p10-p01
    A=-b-c+(2*n-b+c)*D; C=-c*D*(1-D)
    p=(np.sqrt(np.maximum(0,A*A-8*n*C))-A)/(4*n)
    v=n*(2*p+D*(1-D)); d=b-c-n*D
    return d/np.sqrt(np.maximum(v,5e-324))

data={
 'two':[0.0,0.004],
 'five':[0.001,-0.002,0.0005,0.003,-0.001],
 'ten_symmetric':[-0.01,-0.006,-0.004,-0.002,-0.001,0.001,0.002,0.004,0.006,0.01],
 'all_equal':[0.003]*8,
 'all_zero':[0.0]*20,
 'one_ruined_of_20':[0.0]*19+[0.98],
 'swapped_two_of_30':[0.0]*28+[0.9,-0.9],
 'lognormal_quantiles_40':[math.exp(float(st.norm.ppf((i+.5)/40)))/100 for i in range(40)],
 'alternating_noise_60':[(5e-5 if i%2 else -5e-5) for i in range(60)],
 'int8_like_60':[round(0.001+0.02*math.sin(7*i),6) for i in range(60)],
 'ten_ruined_of_1000':[0.98]*10+[(5e-5 if i%2 else -5e-5) for i in range(990)],
 'four_ruined_of_1000':[0.98]*4+[(5e-5 if i%2 else -5e-5) for i in range(996)],
 'uniform_ruined_300':[0.5+0.1*i for i in range(6)]+[1e-5*math.sin(i) for i in range(294)],
}
out={'what':'levels are one-sided confidences; interval = [lower,upper] each at that confidence; cap=1','sets':{}}
for k,d in data.items():
    e={'n':len(d)}
    e['d']=d
    for c in (.95,.975):
        n=len(d);m=np.mean(d);se=st.sem(d)
        t=list(map(float,st.t.interval(2*c-1,n-1,loc=m,scale=se))) if se>1e-18 else [d[0],d[0]]
        e[f't_{c}']=t; e[f'rec_{c}']=list(interval(d,c))
    if k in('one_ruined_of_20','lognormal_quantiles_40'): e['rec_0.95_nocap']=list(interval(d,.95,math.inf))
    out['sets'][k]=e
out['clopper_pearson']=[]
for k,n in ((0,268),(0,300),(1,300),(2,40),(5,40),(15,300),(22,300),(50,1000),(63,1000),(10,10)):
    b=st.binomtest(k,n); out['clopper_pearson'].append({'k':k,'n':n,'two_sided_90':[float(v) for v in b.proportion_ci(.9,'exact')],'lower_95':float(st.binomtest(k,n,alternative='greater').proportion_ci(.95,'exact').low),'upper_95':float(st.binomtest(k,n,alternative='less').proportion_ci(.95,'exact').high)})
from scipy.optimize import brentq
z=st.norm.ppf(.95);out['tango_one_sided_95_upper_loss']=[]
for b,c,n in ((0,0,267),(0,0,268),(1,0,400),(1,0,445),(1,0,446),(2,0,602),(1,1,355),(3,2,1000),(10,0,1000)):
    u=brentq(lambda D:-score(b,c,n,D)-z,(b-c)/n+1e-12,.5,xtol=1e-15); out['tango_one_sided_95_upper_loss'].append({'losses':b,'gains':c,'n':n,'upper':u})
# images needed prediction
for k, d in data.items():
    out['sets'][k]['p_mean_below_0.01'] = p_below(d, 0.01)
    out['sets'][k]['p_mean_above_-0.01'] = p_below([-x for x in d], 0.01)
print(json.dumps(out))
